// What a column takes.

import type { WordColumn } from "./columns.ts";

/** Null where any is taken. */
export function takenWords({ values, missing, coding }: WordColumn): readonly string[] | null {
  const known =
    coding.kind !== "other" && coding.unknown === "refused" ? [...coding.words, ...coding.rare] : null;
  const stated = values === null ? null : missing.kind === "own_word" ? [...values, ""] : values;
  if (stated === null) return known;
  return known === null ? stated : stated.filter((word) => known.includes(word));
}
