// The values of some rows of a column, in original units, with the fill where one is missing.

import { float64At, int32At } from "@netwright/definitions";
import { codesAt, type NumberColumn, type Words } from "../table/table.ts";

/** `rows` are indices from 0. */
export function filledIn(
  { values, missing }: NumberColumn,
  rows: Int32Array,
  fill: number | null,
): Float64Array {
  const filled = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = int32At(rows, i);
    filled[i] = missing[row] === 1 ? (fill ?? Number.NaN) : float64At(values, row);
  }
  return filled;
}

/** The same of words. */
export function wordsIn(column: Words, rows: Int32Array, fill: string | null): Words {
  const own = codesAt(column, rows);
  const words = withWord(column.words, fill);
  const gap = words.indexOf("");
  if (fill === null || gap < 0) return { codes: own, words };
  const code = words.indexOf(fill);
  return { codes: own.map((one) => (one === gap ? code : one)), words };
}

/** The words of a column, and that which is filled in. */
export function withWord(words: readonly string[], fill: string | null): readonly string[] {
  return fill === null || words.includes(fill) || !words.includes("") ? words : [...words, fill];
}
