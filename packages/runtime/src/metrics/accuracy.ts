// The share of rows whose class is the predicted one.

import { float64At, integer } from "@netwright/definitions";
import { defineMetric, type MetricView } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

export const accuracy = defineMetric({
  name: "accuracy",
  title: "Accuracy",
  doc:
    "The share of rows whose class is predicted; with `top: k`, is among the k most likely. Of classes of equal score " +
    "the one that comes first counts as the more likely.",
  formula: "mean [p = t]",
  example: "test.accuracy > 90%",
  source: "scikit-learn, `accuracy_score` and `top_k_accuracy_score`, but for ties",
  params: { top: integer({ doc: "How many of the most likely classes count.", default: 1, min: 1 }) },
  tasks: ["class", "ordinal"],
  unit: "fraction",
  better: "higher",
  range: { min: 0, max: 1 },
  shown: "always",
  needs: "scores",
  check: ({ top }, classes) =>
    top <= classes.length
      ? null
      : `There are ${classes.length} classes, and the ${top} most likely are asked for.`,
  compute: (view, { top }) => {
    if (view.rows === 0 || view.scores === null) return null;
    let right = 0;
    for (let row = 0; row < view.rows; row++) if (isAmong(view, row, top)) right += weightOf(view, row);
    return right / totalWeight(view);
  },
});

/** What is predicted may go by a threshold, and then the most likely class is not asked. */
function isAmong(view: MetricView, row: number, top: number): boolean {
  const isLikely = rankOf(view, row) < top;
  if (top > 1 || view.scores === null) return isLikely;
  const first = row * (view.scores.length / view.rows);
  // A score that is not a number is no reason to call a row right.
  const isKnown = !view.scores.subarray(first, first + view.scores.length / view.rows).some(Number.isNaN);
  return isKnown && float64At(view.prediction, row) === float64At(view.target, row);
}

/** How many classes are more likely than that of the row. */
function rankOf({ rows, target, scores }: MetricView, row: number): number {
  if (scores === null) return Number.NaN;
  const classes = scores.length / rows;
  const right = float64At(target, row);
  const score = float64At(scores, row * classes + right);
  let rank = 0;
  for (let other = 0; other < classes; other++) {
    const its = float64At(scores, row * classes + other);
    // A score that is not a number is no reason to call a row right.
    if (!(its < score || (its === score && other >= right))) rank++;
  }
  return rank;
}
