// Some rows of a column, in memory: of one on a disk no more is taken back than up to the last of them.

import { float64At, int32At } from "@netwright/definitions";
import { countOnes } from "../scan/column-reader.ts";
import type { Column } from "../table/table.ts";
import { StoredNumberColumn, StoredTextColumn } from "./stored-columns.ts";

/** `rows` are indices from 0, in any order; the words stay all of those of the column. */
export function someRows(column: Column, rows: Int32Array): Column {
  const count = rows.reduce((most, row) => Math.max(most, row), -1) + 1;
  const { name } = column;
  if (column.kind === "text") {
    const all = column instanceof StoredTextColumn ? column.source.first(count) : column.codes;
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = int32At(all, int32At(rows, i));
    const gap = column.words.indexOf("");
    const gaps = codes.reduce((sum, code) => sum + Number(code === gap), 0);
    return { kind: "text", name, codes, words: column.words, gaps };
  }
  const all = column instanceof StoredNumberColumn ? column.first(count) : column.values;
  const values = new Float64Array(rows.length);
  const missing = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = float64At(all, int32At(rows, i));
    values[i] = value;
    if (Number.isNaN(value)) missing[i] = 1;
  }
  return { kind: "number", name, values, missing, gaps: countOnes(missing) };
}
