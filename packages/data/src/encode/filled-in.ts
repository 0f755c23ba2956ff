// The values of some rows of a column, in original units, with the fill where one is missing.

import { float64At, int32At } from "@netwright/definitions";
import type { NumberColumn, Words } from "../table/table.ts";

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
export function wordsIn({ codes, words }: Words, rows: Int32Array, fill: string | null): Words {
  const own = Int32Array.from(rows, (row) => int32At(codes, row));
  const gap = words.indexOf("");
  if (fill === null || gap < 0) return { codes: own, words };
  const known = words.indexOf(fill);
  const code = known < 0 ? words.length : known;
  return {
    codes: own.map((one) => (one === gap ? code : one)),
    words: known < 0 ? [...words, fill] : words,
  };
}
