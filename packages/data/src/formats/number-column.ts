// A column of numbers that are there already.

import { float64At } from "@netwright/definitions";
import { type NumberFormat, sentinelsOf } from "../table/number-text.ts";
import type { NumberColumn } from "../table/table.ts";

/** NaN is a missing value, as everywhere. The values are taken over. */
export function numberColumn(name: string, values: Float64Array, format: NumberFormat): NumberColumn {
  const sentinels = sentinelsOf(format);
  const isSentinel = sentinels.size > 0;
  const missing = new Uint8Array(values.length);
  let gaps = 0;
  for (let row = 0; row < values.length; row++) {
    const value = float64At(values, row);
    if (!Number.isNaN(value) && !(isSentinel && sentinels.has(value))) continue;
    values[row] = Number.NaN;
    missing[row] = 1;
    gaps++;
  }
  return { kind: "number", name, values, missing, gaps };
}
