// The values of some rows of a column, in original units, with the fill where one is missing.

import { float64At, int32At } from "@netwright/definitions";
import type { NumberColumn } from "../table/table.ts";

/** `rows` are indices from 0. */
export function filledIn(
  { values, missing }: NumberColumn,
  rows: Int32Array,
  fill: number | null,
): Float64Array {
  const filled = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = int32At(rows, i);
    filled[i] = missing[row] === 1 ? (fill ?? Number.NaN) : float64At(values, row);
  }
  return filled;
}
