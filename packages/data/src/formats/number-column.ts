// A column of numbers that are there already.

import { float64At } from "@netwright/definitions";
import { type NumberFormat, sentinelsOf } from "../table/number-text.ts";
import type { NumberColumn } from "../table/table.ts";

/** NaN is a missing value, as everywhere. The values are taken over. */
export function numberColumn(name: string, values: Float64Array, format: NumberFormat): NumberColumn {
  const sentinels = sentinelsOf(format);
  const missing = new Uint8Array(values.length);
  const gaps = sentinels.size === 0 ? markNaN(values, missing) : markMissing(values, missing, sentinels);
  return { kind: "number", name, values, missing, gaps };
}

function markNaN(values: Float64Array, missing: Uint8Array): number {
  let gaps = 0;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row])) continue;
    missing[row] = 1;
    gaps++;
  }
  return gaps;
}

function markMissing(values: Float64Array, missing: Uint8Array, sentinels: ReadonlySet<number>): number {
  for (let row = 0; row < values.length; row++)
    if (sentinels.has(float64At(values, row))) values[row] = Number.NaN;
  return markNaN(values, missing);
}
