// Columns of texts: several words a cell, of which some come again in many cells.

import { type TextColumn, wordAt, wordsOfText } from "@netwright/data";
import { isNameColumn } from "./name-hints.ts";

/** In fewer rows, words are learned by heart. */
const FEWEST_ROWS = 100;
/** More say nothing new about what the column is. */
const MOST_ROWS = 5000;
const WORDS_A_TEXT = 3;
/** A word that so many texts have, at least, may be learned from. */
const FEWEST_TEXTS = 5;
const LEAST_SHARE = 0.005;
const MOST_WORDS = 200;
/** Of the texts: so many have such a word; of names and codes few have. */
const COMMON_SHARE = 0.5;

/** How many words a bag of them should hold; `null` for what is no column of texts. */
export function vocabularyOf(column: TextColumn): number | null {
  if (isNameColumn(column.name)) return null;
  const counts = new Map<string, number>();
  const texts: string[][] = [];
  let words = 0;
  for (let row = 0; row < Math.min(column.codes.length, MOST_ROWS); row++) {
    const text = wordsOfText(wordAt(column, row)).filter((word) => /[^\d_]/.test(word));
    if (text.length === 0) continue;
    words += text.length;
    const different = [...new Set(text)];
    texts.push(different);
    for (const word of different) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (texts.length < FEWEST_ROWS || words < WORDS_A_TEXT * texts.length) return null;
  const least = Math.max(FEWEST_TEXTS, LEAST_SHARE * texts.length);
  const common = new Set([...counts].filter(([, times]) => times >= least).map(([word]) => word));
  const known = texts.filter((text) => text.some((word) => common.has(word))).length;
  if (known < COMMON_SHARE * texts.length) return null;
  return Math.max(10, Math.min(MOST_WORDS, 10 * Math.floor(common.size / 10)));
}
