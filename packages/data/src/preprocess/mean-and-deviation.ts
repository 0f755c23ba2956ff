// Mean and standard deviation, of the population, of a column's values.

import { rangeOf } from "./column-range.ts";

/** The deviation is 1 where it would be 0. Values come piece by piece, and again each time they are asked for. */
export function meanAndDeviation(pieces: Iterable<Float64Array>): {
  readonly mean: number;
  readonly std: number;
} {
  const { min, max } = rangeOf(pieces);
  // Rounding would give a constant column a mean slightly off and a tiny std: no division by that.
  if (min === max) return { mean: min, std: 1 };
  let [count, sum] = [0, 0];
  for (const values of pieces) {
    count += values.length;
    for (const x of values) sum += x;
  }
  const mean = sum / count;
  let squares = 0;
  for (const values of pieces) for (const x of values) squares += (x - mean) * (x - mean);
  const std = Math.sqrt(squares / count);
  // Differences near the smallest numbers square to 0.
  return { mean: mean + 0, std: std === 0 ? 1 : std };
}
