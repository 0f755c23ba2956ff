// A column of numbers that are there already.

import { float64At } from "@netwright/definitions";
import { type NumberFormat, sentinelsOf } from "../table/number-text.ts";
import type { NumberColumn } from "../table/table.ts";

/** Values that are looked at in one call: an engine compiles what is called often, and a long loop for each column anew. */
const PIECE = 1 << 12;

/** NaN is a missing value, as everywhere. The values are taken over. */
export function numberColumn(name: string, values: Float64Array, format: NumberFormat): NumberColumn {
  const sentinels = sentinelsOf(format);
  const missing = new Uint8Array(values.length);
  let gaps = 0;
  for (let start = 0; start < values.length; start += PIECE) {
    const [piece, mask] = [values.subarray(start, start + PIECE), missing.subarray(start, start + PIECE)];
    gaps += sentinels.size === 0 ? markNaN(piece, mask) : markMissing(piece, mask, sentinels);
  }
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
