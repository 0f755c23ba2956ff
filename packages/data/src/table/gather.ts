// Numbers of some rows, side by side.

import { float64At, int32At } from "@netwright/definitions";
import type { RowPart } from "./row-pieces.ts";

/** To the place of the part in `into`. */
export function gatherNumbers(
  { start, rows, values, from }: RowPart<Float64Array>,
  into: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) into[start + i] = float64At(values, int32At(rows, i) - from);
}

/** The same of numbers of words. */
export function gatherCodes({ start, rows, values, from }: RowPart<Int32Array>, into: Int32Array): void {
  for (let i = 0; i < rows.length; i++) into[start + i] = int32At(values, int32At(rows, i) - from);
}
