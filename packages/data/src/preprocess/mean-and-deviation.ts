// Mean and standard deviation, of the population, of a column's values.

import { float64At } from "@netwright/definitions";

/** The deviation is 1 where it would be 0. Values come piece by piece, and again each time they are asked for. */
export function meanAndDeviation(pieces: Iterable<Float64Array>): {
  readonly mean: number;
  readonly std: number;
} {
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of pieces) {
    count += values.length;
    for (let i = 0; i < values.length; i++) {
      const x = float64At(values, i);
      sum += x;
      if (x < min) min = x;
      if (x > max) max = x;
    }
  }
  // Rounding would give a constant column a mean slightly off and a tiny std: no division by that. JSON has no -0.
  if (min === max) return { mean: min + 0, std: 1 };
  const mean = sum / count;
  let squares = 0;
  for (const values of pieces) {
    for (let i = 0; i < values.length; i++) {
      const difference = float64At(values, i) - mean;
      squares += difference * difference;
    }
  }
  const std = Math.sqrt(squares / count);
  // Differences near the smallest numbers square to 0.
  return { mean: mean + 0, std: std === 0 ? 1 : std };
}
