// Whether there is nothing to say about the numbers of a column, as mostly: told without a look at each rule for each of them.

import { float64At, int32At } from "@netwright/definitions";
import { numberParts, type RowPart } from "../table/row-pieces.ts";
import type { NumberColumn } from "../table/table.ts";
import type { NumberRule } from "./column-rule.ts";

/** Whether all values are known to be finite, in bounds, and taken by the encoder; `rows` are indices from 0. */
export function areFitting(
  { encoder, contract }: NumberRule,
  column: NumberColumn,
  rows: Int32Array,
): boolean {
  if (contract.whole === true || encoder.domain !== undefined) return false;
  const min = contract.min ?? Number.NEGATIVE_INFINITY;
  const max = contract.max ?? Number.POSITIVE_INFINITY;
  const { range } = column;
  if (range !== undefined && isBetween(range.min, min, max) && isBetween(range.max, min, max)) return true;
  for (const part of numberParts(column, rows)) {
    if (!areBetween(part, min, max)) return false;
  }
  return true;
}

/** NaN of a value that is missing is allowed. */
function areBetween({ values, rows, from }: RowPart<Float64Array>, min: number, max: number): boolean {
  for (let i = 0; i < rows.length; i++) {
    const x = float64At(values, int32At(rows, i) - from);
    if (!isBetween(x, min, max) && !Number.isNaN(x)) return false;
  }
  return true;
}

/** And finite. */
function isBetween(x: number, min: number, max: number): boolean {
  return x >= min && x <= max && x - x === 0;
}
