// From a name to the place that defines it and to all places that use it, in this file and those it uses.

import type { Span } from "@netwright/definitions";
import type { Names, Reading } from "./names.ts";
import { identityOf, type Occurrence } from "./occurrence.ts";
import { occurrencesOf } from "./occurrences.ts";

/** All occurrences of one thing, the main file first. */
export function sameThing(
  occurrence: Occurrence,
  { tree, used }: Pick<Reading, "tree" | "used">,
  names: Names,
): Occurrence[] {
  const identity = identityOf(occurrence.meaning);
  if (identity === undefined) return [];
  // A column belongs to the data of its file.
  const files = occurrence.meaning.kind === "column" ? [tree] : [tree, ...used];
  return files.flatMap((file) =>
    occurrencesOf(file, names).filter(({ meaning }) => identityOf(meaning) === identity),
  );
}

/** Where the thing is defined; of two definitions the one that counts. */
export function definitionOf(
  occurrence: Occurrence,
  reading: Pick<Reading, "tree" | "used">,
  names: Names,
): Span | undefined {
  const { meaning } = occurrence;
  switch (meaning.kind) {
    case "param":
    case "block":
      return meaning.item.name.span;
    case "parameter":
      return meaning.parameter.name.span;
    case "column":
      return sameThing(occurrence, reading, names).find(({ declares }) => declares)?.span;
    default:
      return undefined;
  }
}
