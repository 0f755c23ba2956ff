// Metrics that each class has one of, brought together to one number: what precision, recall and F1 have in common.

import { type ArgsOf, choice, float64At, optional, text } from "@netwright/definitions";
import { type Confusion, classOf, confusionOf, share, sum } from "./confusion.ts";
import type { MetricView } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

export const averageParams = {
  average: choice({
    doc:
      "`macro`: the mean over the classes; `weighted`: each class counts as often as it occurs; " +
      "`micro`: over all rows at once, which of one class a row is the accuracy; `samples`: the mean over the rows, of each by " +
      "itself, for labels.",
    values: ["macro", "weighted", "micro", "samples"],
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

/**
 * Classes without a row that is theirs or is taken for theirs count nothing; of labels, where a row has any number, they
 * count 0. Null for no rows.
 */
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
  if (average === "samples") return overRows(view, score);
  if (average === "micro") {
    const { support, predicted, right } = found;
    return score({ support: sum(support), predicted: sum(predicted), right: sum(right) });
  }
  let total = 0;
  let weights = 0;
  for (let one = 0; one < found.classes; one++) {
    const hits = hitsOf(found, one);
    if (hits.support + hits.predicted === 0 && view.isMany !== true) continue;
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

/** Of each row by itself, as if its labels were the rows; of one class a row it is 1 or 0. */
function overRows(view: MetricView, score: (hits: Hits) => number): number {
  const { rows, prediction, target } = view;
  const width = view.isMany === true ? target.length / rows : 1;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    let [support, predicted, right] = [0, 0, 0];
    for (let i = row * width; i < (row + 1) * width; i++) {
      const [t, p] = [float64At(target, i), float64At(prediction, i)];
      support += view.isMany === true ? t : 1;
      predicted += view.isMany === true ? p : 1;
      right += view.isMany === true ? t * p : Number(t === p);
    }
    total += weightOf(view, row) * score({ support, predicted, right });
  }
  return total / totalWeight(view);
}
