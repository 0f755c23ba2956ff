// The check of metrics that may be asked about one class.

import { listNames, quote } from "@netwright/definitions";

/** What is wrong with the class that is named, if one is; see `Metric.check`. */
export function knownClass(
  { class: named }: { readonly class: string | null },
  classes: readonly string[],
): string | null {
  if (named === null || classes.includes(named)) return null;
  const known = classes.length === 1 ? "the one there is is" : "there are";
  return `There is no class ${quote(named)}: ${known} ${listNames(classes)}.`;
}
