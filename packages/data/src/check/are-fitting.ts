// Whether there is nothing to say about the numbers of a column, as mostly: told without a look at each rule for each of them.

import { float64At, int32At } from "@netwright/definitions";
import type { NumberColumn } from "../table/table.ts";
import type { NumberRule } from "./column-rule.ts";

/** Whether all values are known to be finite, in bounds, and taken by the encoder; `rows` are indices from 0. */
export function areFitting(
  { encoder, contract }: NumberRule,
  { values, missing }: NumberColumn,
  rows: Int32Array,
): boolean {
  if (contract.whole === true || encoder.domain !== undefined) return false;
  const min = contract.min ?? Number.NEGATIVE_INFINITY;
  const max = contract.max ?? Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows.length; i++) {
    const row = int32At(rows, i);
    const x = float64At(values, row);
    // NaN of a value that is missing is in no bounds.
    if (!(x >= min && x <= max && x - x === 0) && missing[row] !== 1) return false;
  }
  return true;
}
