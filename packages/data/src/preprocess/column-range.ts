// Least and greatest of a column's values; equal where the column is constant.

import { float64At } from "@netwright/definitions";
import { inPieces } from "../table/in-pieces.ts";

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
  for (const values of pieces) {
    inPieces(values.length, (start, end) => {
      range = widened(range, values, start, end);
    });
  }
  // Adding 0 turns -0 into 0, which alone survives JSON.
  return { min: range.min + 0, max: range.max + 0 };
}

/** By the values from `start` up to `end`. */
function widened(range: Range, values: Float64Array, start: number, end: number): Range {
  let { min, max } = range;
  for (let i = start; i < end; i++) {
    const x = float64At(values, i);
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return { min, max };
}
