// What a comment says of the words of a column: the most frequent ones, and how many cells have none.

import type { WordCount } from "@netwright/data";
import { grouped, oneLine, shorten } from "@netwright/definitions";

const SHOWN = 5;

/** `red (12), green (9) and so on, of which there are any number`. */
export function namedWords(counts: readonly WordCount[]): string {
  const first = [...counts].sort((a, b) => b.rows - a.rows).slice(0, SHOWN);
  const named = first.map(({ word, rows }) => `${oneLine(shorten(word))} (${grouped(rows)})`).join(", ");
  return counts.length > first.length ? `${named}, and ${grouped(counts.length - first.length)} more` : named;
}

/** Goes on behind the words or the range; "" where no cell is empty. */
export function emptyCells(missing: number): string {
  return missing > 0 ? `, ${grouped(missing)} empty` : "";
}
