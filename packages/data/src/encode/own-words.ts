// What tells `NA` that a column of words holds from `NA` that stands for a missing value where the other rows do not show it,
// as there are none: a record alone then means what it means among others.

import type { OpenEncoders } from "../fitted/open-encoders.ts";
import type { IsOwnWord } from "../table/table-from-records.ts";

/**
 * Whether a column of the model has a word of that spelling. What reads texts takes any. Encoders that keep no words, as
 * `hashing`, cannot tell.
 */
export function ownWords({ features, target }: OpenEncoders): IsOwnWord {
  const columns = new Map(
    [...features, ...target].flatMap((open) =>
      open.kind === "words" ? [[open.fitted.name, open.coding] as const] : [],
    ),
  );
  return (name, word) => {
    const coding = columns.get(name);
    if (coding === undefined) return false;
    const { words, unknown, knows, readsParts, many } = coding;
    if (readsParts === true && many === undefined) return true;
    return words.includes(word) || ((unknown === "error" || unknown === "missing") && knows(word));
  };
}
