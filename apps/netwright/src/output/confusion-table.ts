// The confusion matrix as a table: a line for each class that rows have, a column for each that is predicted.

import { grouped } from "@netwright/definitions";
import type { ConfusionMatrix } from "@netwright/runtime";
import type { Colours } from "./colours.ts";
import { brief } from "./numbers.ts";
import { renderTable } from "./table.ts";

/** Of more classes the lines would not be read any more; JSON has them. */
const MOST_CLASSES = 20;

/** Empty where there is nothing to show. */
export function confusionTable(
  confusion: ConfusionMatrix | null,
  look: { readonly colours: Colours; readonly width: number },
): string {
  if (confusion === null || confusion.classes.length > MOST_CLASSES) return "";
  const { classes, counts } = confusion;
  return renderTable(
    [{ title: "true \\ predicted" }, ...classes.map((title) => ({ title, align: "right" as const }))],
    classes.map((name, i) => [
      name,
      ...(counts[i] ?? []).map((n) => (Number.isInteger(n) ? grouped(n) : brief(n))),
    ]),
    look,
  );
}
