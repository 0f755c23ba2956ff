// A text to the words or the runs of characters that it consists of. What separates words is a list of our own, as engines
// know different versions of Unicode.

import { foldCase } from "./fold-case.ts";

export const textUnits = ["words", "characters"] as const;
export type TextUnit = (typeof textUnits)[number];

/**
 * Signs, blanks and controls: between words there is at least one. Letters, digits, `_` and whatever else belongs to a word
 * are not in it, also those that Unicode does not have yet.
 */
const SEPARATORS =
  /(?:[^0-9A-Z_a-z\u0080-\u{10ffff}]|[\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3020\u3030\ufe30-\ufe4f\ufeff\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65])+/u;

/** Blanks of all kinds that people type. */
const BLANKS = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** How far a cell goes that a person may have put a book into. */
const LONGEST = 1_000_000;

/** The words, in lower case, in order. */
export function wordsOf(text: string): string[] {
  return foldCase(text.slice(0, LONGEST))
    .split(SEPARATORS)
    .filter((word) => word !== "");
}

/** Every run of `n` words, with a blank between two; of characters, blanks count as one. A shorter text is one run. */
export function gramsOf(text: string, unit: TextUnit, n: number): string[] {
  if (unit === "words") return runs(wordsOf(text), n, " ");
  const characters = foldCase(text.slice(0, LONGEST)).split(BLANKS).join(" ").trim();
  return runs([...characters], n, "");
}

function runs(units: readonly string[], n: number, joint: string): string[] {
  if (units.length === 0) return [];
  if (units.length <= n) return [units.join(joint)];
  return Array.from({ length: units.length - n + 1 }, (_, i) => units.slice(i, i + n).join(joint));
}
