// Some rows of a column, in memory: of one on a disk no more is taken back than from the first of them to the last.

import { float64At, int32At } from "@netwright/definitions";
import { countOnes } from "../scan/column-reader.ts";
import type { Column } from "../table/table.ts";
import { StoredNumberColumn, StoredTextColumn } from "./stored-columns.ts";

/** `rows` are indices from 0, in any order; the words stay all of those of the column. */
export function someRows(column: Column, rows: Int32Array): Column {
  const [start, end] = spanOf(rows);
  const { name } = column;
  if (column.kind === "text") {
    const { words } = column;
    const isStored = column instanceof StoredTextColumn;
    const all = isStored ? column.source.between(start, end) : column.codes.subarray(start, end);
    const gap = words.indexOf("");
    const codes = new Int32Array(rows.length);
    let gaps = 0;
    for (let i = 0; i < rows.length; i++) {
      const code = int32At(all, int32At(rows, i) - start);
      codes[i] = code;
      if (code === gap) gaps++;
    }
    return { kind: "text", name, codes, words, gaps };
  }
  const isStored = column instanceof StoredNumberColumn;
  const all = isStored ? column.between(start, end) : column.values.subarray(start, end);
  const values = new Float64Array(rows.length);
  const missing = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = float64At(all, int32At(rows, i) - start);
    values[i] = value;
    if (Number.isNaN(value)) missing[i] = 1;
  }
  return { kind: "number", name, values, missing, gaps: countOnes(missing) };
}

/** From the first of them, in the order of the table, to behind the last. */
function spanOf(rows: Int32Array): readonly [start: number, end: number] {
  let [start, end] = [rows.length === 0 ? 0 : int32At(rows, 0), 0];
  for (let i = 0; i < rows.length; i++) {
    const row = int32At(rows, i);
    if (row < start) start = row;
    if (row >= end) end = row + 1;
  }
  return [start, end];
}
