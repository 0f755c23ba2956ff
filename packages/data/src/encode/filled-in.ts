// The values of some rows of a column, in original units, with the fill where one is missing.

import { float64At, int32At } from "@netwright/definitions";
import { gatherNumbers } from "../table/gather.ts";
import { codesAt, type NumberColumn, type Words } from "../table/table.ts";

/** `rows` are indices from 0. */
export function filledIn(
  { values, missing, gaps }: NumberColumn,
  rows: Int32Array,
  fill: number | null,
): Float64Array {
  const filled = new Float64Array(rows.length);
  if (gaps === 0) {
    gatherNumbers(values, rows, filled);
    return filled;
  }
  for (let i = 0; i < rows.length; i++) {
    const row = int32At(rows, i);
    filled[i] = missing[row] === 1 ? (fill ?? Number.NaN) : float64At(values, row);
  }
  return filled;
}

/** The same of words. */
export function wordsIn(column: Words, rows: Int32Array, fill: string | null): Words {
  const { words, codesIn } = filledWords(column, fill);
  return { words, codes: codesIn(rows) };
}

/** The same of any rows, for whoever asks more than once: words are looked through here. */
export function filledWords(
  column: Words,
  fill: string | null,
): { readonly words: readonly string[]; readonly codesIn: (rows: Int32Array) => Int32Array } {
  const words = withWord(column.words, fill);
  const gap = fill === null ? -1 : words.indexOf("");
  if (fill === null || gap < 0) return { words, codesIn: (rows) => codesAt(column, rows) };
  const code = words.indexOf(fill);
  return {
    words,
    codesIn: (rows) => codesAt(column, rows).map((one) => (one === gap ? code : one)),
  };
}

/** The words of a column, and that which is filled in. */
function withWord(words: readonly string[], fill: string | null): readonly string[] {
  return fill === null || words.includes(fill) || !words.includes("") ? words : [...words, fill];
}
