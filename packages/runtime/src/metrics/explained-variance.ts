// The share of the variance that is explained, apart from a constant error.

import { float64At } from "@netwright/definitions";
import { defineMetric, type MetricView } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

export const explainedVariance = defineMetric({
  name: "explained_variance",
  title: "Explained var.",
  doc:
    "As R2, but that an error which all predictions have in common does not count. With several outputs the mean over " +
    "them. None when a target is constant.",
  formula: "1 - variance(t - p) / variance(t)",
  example: "test.explained_variance > 0.9",
  source: "scikit-learn, `explained_variance_score`, which gives a constant target 0 or 1",
  params: {},
  tasks: ["number", "count", "distribution"],
  unit: "none",
  better: "higher",
  range: { min: Number.NEGATIVE_INFINITY, max: 1 },
  compute(view) {
    const { rows, outputs, target } = view;
    if (rows === 0) return null;
    let total = 0;
    for (let j = 0; j < outputs; j++) {
      const truths = column(view, j, (_, t) => t);
      if (truths.every((t) => t === target[j])) return null;
      total +=
        1 -
        variance(
          view,
          column(view, j, (p, t) => t - p),
        ) /
          variance(view, truths);
    }
    return total / outputs;
  },
});

function column(
  { rows, outputs, prediction, target }: MetricView,
  j: number,
  of: (p: number, t: number) => number,
) {
  return Float64Array.from({ length: rows }, (_, row) => {
    const i = row * outputs + j;
    return of(float64At(prediction, i), float64At(target, i));
  });
}

function variance(view: MetricView, values: Float64Array): number {
  const total = totalWeight(view);
  const mean = values.reduce((sum, x, row) => sum + weightOf(view, row) * x, 0) / total;
  return values.reduce((sum, x, row) => sum + weightOf(view, row) * (x - mean) * (x - mean), 0) / total;
}
