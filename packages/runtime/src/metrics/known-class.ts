// The check of metrics that may be asked about one class.

import { closest, listNames, quote } from "@netwright/definitions";

/** What is wrong with the class that is named, if one is; see `Metric.check`. */
export function knownClass(
  { class: named }: { readonly class: string | null },
  classes: readonly string[],
): string | null {
  if (named === null || classes.includes(named)) return null;
  const known = classes.length === 1 ? "the one there is is" : "there are";
  const meant = closest(named, classes);
  const hint = meant === undefined ? "" : ` Did you mean ${quote(meant)}?`;
  return `There is no class ${quote(named)}: ${known} ${listNames(classes)}.${hint}`;
}
