// Numbers of some rows, side by side.

import { float64At, int32At } from "@netwright/definitions";

/** Of `rows`, indices from 0, to the beginning of `into`. */
export function gatherNumbers(values: Float64Array, rows: Int32Array, into: Float64Array): void {
  for (let i = 0; i < rows.length; i++) into[i] = float64At(values, int32At(rows, i));
}

/** The same of numbers of words. */
export function gatherCodes(codes: Int32Array, rows: Int32Array, into: Int32Array): void {
  for (let i = 0; i < rows.length; i++) into[i] = int32At(codes, int32At(rows, i));
}
