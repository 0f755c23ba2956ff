// Least and greatest of a column's values; equal where the column is constant.

import { float64At } from "@netwright/definitions";

export interface Range {
  readonly min: number;
  readonly max: number;
}

export function columnRange(values: Float64Array): Range {
  return rangeOf([values]);
}

/** The same of values that come piece by piece. */
export function rangeOf(pieces: Iterable<Float64Array>): Range {
  let range: Range = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  for (const values of pieces) range = widened(range, values);
  // Adding 0 turns -0 into 0, which alone survives JSON.
  return { min: range.min + 0, max: range.max + 0 };
}

/** By the values, too. */
function widened(range: Range, values: Float64Array): Range {
  let { min, max } = range;
  for (let i = 0; i < values.length; i++) {
    const x = float64At(values, i);
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return { min, max };
}
