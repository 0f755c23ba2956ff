// Metrics that each class has one of, brought together to one number: what precision, recall and F1 have in common.

import { type ArgsOf, choice, float64At, optional, text } from "@netwright/definitions";
import { type Confusion, classOf, confusionOf, share, sum } from "./confusion.ts";
import type { MetricView } from "./metric.ts";

export const averageParams = {
  average: choice({
    doc:
      "`macro`: the mean over the classes; `weighted`: each class counts as often as it occurs; " +
      "`micro`: over all rows at once, which is the accuracy.",
    values: ["macro", "weighted", "micro"],
    default: "macro",
  }),
  class: optional(text({ doc: "Of this class alone, against all others; `none` for all." })),
};

/** Rows of a class, rows for which it is predicted, and rows that are both. */
export interface Hits {
  readonly support: number;
  readonly predicted: number;
  readonly right: number;
}

/** Classes without a row that is theirs or is taken for theirs count nothing. Null for no rows. */
export function averaged(
  view: MetricView,
  { average, class: named }: ArgsOf<typeof averageParams>,
  score: (hits: Hits) => number,
): number | null {
  const found = confusionOf(view);
  if (found === null) return null;
  if (named !== null) {
    const one = classOf(view, named);
    return one < 0 ? null : score(hitsOf(found, one));
  }
  if (average === "micro") {
    const rows = sum(found.support);
    return score({ support: rows, predicted: rows, right: sum(found.right) });
  }
  let total = 0;
  let weights = 0;
  for (let one = 0; one < found.classes; one++) {
    const hits = hitsOf(found, one);
    if (hits.support + hits.predicted === 0) continue;
    const weight = average === "weighted" ? hits.support : 1;
    total += weight * score(hits);
    weights += weight;
  }
  return share(total, weights);
}

function hitsOf({ support, predicted, right }: Confusion, one: number): Hits {
  return {
    support: float64At(support, one),
    predicted: float64At(predicted, one),
    right: float64At(right, one),
  };
}
