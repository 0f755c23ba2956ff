// How wide the intervals are.

import { float64At } from "@netwright/definitions";
import { defineMetric } from "./metric.ts";
import { weightOf } from "./row-weight.ts";

export const intervalWidth = defineMetric({
  name: "interval_width",
  title: "Interval width",
  doc: "How wide the interval beside a prediction is on average: of two models that cover as much, the narrower says more.",
  formula: "mean of upper - lower",
  example: "test.interval_width < 20",
  source: 'Lei et al. 2018, "Distribution-Free Predictive Inference for Regression"',
  params: {},
  tasks: ["number", "count"],
  unit: "target",
  better: "lower",
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  needs: "interval",
  shown: "always",
  compute: (view) => {
    const { intervals, outputs } = view;
    if (intervals == null) return null;
    const { lower, upper } = intervals;
    let [sum, all] = [0, 0];
    for (let i = 0; i < lower.length; i++) {
      const weight = weightOf(view, Math.floor(i / outputs));
      all += weight;
      sum += weight * (float64At(upper, i) - float64At(lower, i));
    }
    return all === 0 ? null : sum / all;
  },
});
