// Mean and standard deviation, of the population, of a column's values.

import { float64At } from "@netwright/definitions";
import { summaryOf } from "./column-range.ts";

/** The deviation is 1 where it would be 0. Values come piece by piece, and again each time they are asked for. */
export function meanAndDeviation(pieces: Iterable<Float64Array>): {
  readonly mean: number;
  readonly std: number;
} {
  const { min, max, mean } = summaryOf(pieces);
  // Rounding would give a constant column a mean slightly off and a tiny std: no division by that.
  if (min === max) return { mean: min, std: 1 };
  const squares = new Float64Array(1);
  let count = 0;
  for (const values of pieces) {
    count += values.length;
    addSquares(squares, values, mean);
  }
  const std = Math.sqrt(float64At(squares, 0) / count);
  // Differences near the smallest numbers square to 0.
  return { mean: mean + 0, std: std === 0 ? 1 : std };
}

// The sum goes in and out in an array: of one that is an argument an engine makes an object at each turn of the loop.

/** Of the differences from the mean. */
function addSquares(into: Float64Array, values: Float64Array, mean: number): void {
  let squares = float64At(into, 0);
  for (let i = 0; i < values.length; i++) {
    const difference = float64At(values, i) - mean;
    squares += difference * difference;
  }
  into[0] = squares;
}
