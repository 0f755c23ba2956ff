// The values of some rows of a column, in original units, with the fill where one is missing.

import { float64At } from "@netwright/definitions";
import { codesAt, type NumberColumn, takeValues, type Words } from "../table/table.ts";

/** `rows` are indices from 0. */
export function filledIn(column: NumberColumn, rows: Int32Array, fill: number | null): Float64Array {
  const filled = new Float64Array(rows.length);
  takeValues(column, rows, filled);
  if (column.gaps > 0) fillGaps(filled, fill);
  return filled;
}

/** In the place of NaN, which is what is missing. */
export function fillGaps(values: Float64Array, fill: number | null): void {
  if (fill === null) return;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(float64At(values, i))) values[i] = fill;
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
