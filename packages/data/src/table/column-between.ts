// A column between two rows, in memory: of one on a disk no more is taken back than that.

import { countOnes } from "../scan/column-reader.ts";
import { gapsIn } from "./gaps-in.ts";
import type { Column } from "./table.ts";

/** Rows `start` to `end - 1`; the words stay all of those of the column. */
export function columnBetween(column: Column, start: number, end: number): Column {
  const { kind, name } = column;
  if (kind === "text") {
    const { words } = column;
    const codes = column.between?.(start, end) ?? column.codes.subarray(start, end);
    return { kind, name, codes, words, gaps: column.gaps === 0 ? 0 : gapsIn({ codes, words }) };
  }
  const values = column.between?.(start, end) ?? column.values.subarray(start, end);
  const missing = new Uint8Array(values.length);
  if (column.gaps === 0) return { kind, name, values, missing, gaps: 0 };
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) missing[row] = 1;
  return { kind, name, values, missing, gaps: countOnes(missing) };
}
