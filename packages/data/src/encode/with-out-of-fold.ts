// The training rows with what folds tell of them in the place of what their columns make of them.

import type { OpenColumn } from "../fitted/open-encoders.ts";
import { widthOf } from "./inputs.ts";

/** Of a column that is coded by folds its numbers in the rows, [rows x numbers]; `null` of others. */
export type OutOfFold = (column: OpenColumn) => Float32Array | null;

/** `x` are rows of the columns, row-major, and is written to. */
export function writeOutOfFold(
  x: Float32Array,
  rows: number,
  columns: readonly OpenColumn[],
  outOfFold: OutOfFold,
): void {
  const width = rows === 0 ? 0 : x.length / rows;
  let at = 0;
  for (const column of columns) {
    const own = outOfFold(column);
    if (own !== null) {
      const size = own.length / rows;
      for (let row = 0; row < rows; row++)
        x.set(own.subarray(row * size, (row + 1) * size), row * width + at);
    }
    at += widthOf(column);
  }
}
