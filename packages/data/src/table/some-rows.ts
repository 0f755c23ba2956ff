// Some rows of a column, in memory.

import { at, float64At, int32At } from "@netwright/definitions";
import { countOnes } from "../scan/column-reader.ts";
import { columnBetween } from "./column-between.ts";
import { gapsIn } from "./gaps-in.ts";
import { type Column, codesAt } from "./table.ts";

/** `rows` are indices from 0, in any order; the words stay all of those of the column. */
export function someRows(column: Column, rows: Int32Array): Column {
  const [start, end] = spanOf(rows);
  const part = columnBetween(column, start, end);
  const places = rows.map((row) => row - start);
  const { name } = part;
  if (part.kind === "text") {
    const codes = codesAt(part, places);
    return { ...part, codes, gaps: gapsIn({ codes, words: part.words }) };
  }
  const values = new Float64Array(rows.length);
  const missing = new Uint8Array(rows.length);
  for (let i = 0; i < places.length; i++) {
    const place = int32At(places, i);
    values[i] = float64At(part.values, place);
    missing[i] = at(part.missing, place);
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
