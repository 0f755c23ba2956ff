// How often the target lies in the interval, or among the classes of the set.

import { float64At } from "@netwright/definitions";
import { defineMetric, type MetricView } from "./metric.ts";
import { weightOf } from "./row-weight.ts";

export const coverage = defineMetric({
  name: "coverage",
  title: "Coverage",
  doc:
    "The share of targets that lie in the interval beside the prediction, or of rows whose class is in the set; the ends " +
    "belong to it. Close to `interval` of `report` where the rows are like those of validation.",
  formula: "mean of 1 where lower <= t <= upper, or where t is in the set, else 0",
  example: "test.coverage >= 88%",
  source: 'Lei et al. 2018, "Distribution-Free Predictive Inference for Regression"',
  params: {},
  tasks: ["number", "count", "class", "ordinal"],
  unit: "fraction",
  better: "higher",
  range: { min: 0, max: 1 },
  needs: "interval",
  shown: "always",
  compute: (view) => {
    const isCovered = coveredIn(view);
    if (isCovered === null) return null;
    const { target, outputs } = view;
    let [covered, all] = [0, 0];
    for (let i = 0; i < target.length; i++) {
      const weight = weightOf(view, Math.floor(i / outputs));
      all += weight;
      if (isCovered(i)) covered += weight;
    }
    return all === 0 ? null : covered / all;
  },
});

function coveredIn({ target, intervals, sets, classes }: MetricView): ((i: number) => boolean) | null {
  if (intervals != null) {
    const { lower, upper } = intervals;
    return (i) => float64At(lower, i) <= float64At(target, i) && float64At(target, i) <= float64At(upper, i);
  }
  if (sets == null || classes === null) return null;
  return (row) => sets[row * classes.length + float64At(target, row)] === 1;
}
