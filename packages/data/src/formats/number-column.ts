// A column of numbers that are there already.

import { float64At } from "@netwright/definitions";
import type { BytesOnDisk } from "../storage/storage.ts";
import { storedNumberColumn } from "../storage/stored-columns.ts";
import { type NumberFormat, sentinelsOf } from "../table/number-text.ts";
import type { NumberColumn } from "../table/table.ts";

/** NaN is a missing value, as everywhere. The values are taken over, or copied to a `disk`. */
export function numberColumn(
  name: string,
  values: Float64Array,
  format: NumberFormat,
  disk?: BytesOnDisk,
): NumberColumn {
  const sentinels = sentinelsOf(format);
  if (sentinels.size > 0) leaveOut(values, sentinels);
  if (disk !== undefined) return storedNumberColumn(name, values, disk);
  const missing = new Uint8Array(values.length);
  const gaps = markNaN(values, missing);
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

function leaveOut(values: Float64Array, sentinels: ReadonlySet<number>): void {
  for (let row = 0; row < values.length; row++)
    if (sentinels.has(float64At(values, row))) values[row] = Number.NaN;
}
