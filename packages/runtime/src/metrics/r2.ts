// The coefficient of determination.

import { float64At } from "@netwright/definitions";
import { defineMetric, type MetricView } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

export const r2 = defineMetric({
  name: "r2",
  title: "R2",
  doc:
    "Coefficient of determination: the share of the target's variance that the model explains; 1 is perfect, " +
    "0 no better than the mean. With several outputs the mean over them. None when a target is constant.",
  formula: "1 - sum (p - t)^2 / sum (t - mean t)^2",
  example: "test.r2 > 0.88",
  source: 'scikit-learn, `r2_score`; Wright 1921, "Correlation and Causation"',
  params: {},
  tasks: ["number", "count", "distribution"],
  unit: "none",
  better: "higher",
  range: { min: Number.NEGATIVE_INFINITY, max: 1 },
  shown: "always",
  compute: meanOverOutputs,
});

function meanOverOutputs(view: MetricView): number | null {
  const { rows, prediction, target, outputs } = view;
  const weights = totalWeight(view);
  if (rows === 0) return null;
  let sum = 0;
  for (let j = 0; j < outputs; j++) {
    let total = 0;
    for (let i = j; i < target.length; i += outputs)
      total += weightOf(view, Math.floor(i / outputs)) * float64At(target, i);
    const center = total / weights;
    let residual = 0;
    let variance = 0;
    let constant = true;
    for (let i = j; i < target.length; i += outputs) {
      const [p, t] = [float64At(prediction, i), float64At(target, i)];
      const weight = weightOf(view, Math.floor(i / outputs));
      residual += weight * (p - t) * (p - t);
      variance += weight * (t - center) * (t - center);
      // The mean of equal numbers may be rounded, which would leave a tiny variance.
      if (t !== float64At(target, j)) constant = false;
    }
    if (constant) return null;
    sum += 1 - residual / variance;
  }
  return sum / outputs;
}
