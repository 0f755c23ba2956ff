// The median of the absolute errors.

import { float64At } from "@netwright/definitions";
import { defineMetric, type MetricView } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

export const medianAbsoluteError = defineMetric({
  name: "median_absolute_error",
  title: "Median abs. error",
  doc: "Half of the predictions are off by no more than this: a few that are far off do not change it. With several outputs the mean over them.",
  formula: "median |p - t|",
  example: "test.median_absolute_error < 3",
  source: "scikit-learn, `median_absolute_error`",
  params: {},
  tasks: ["number", "count"],
  unit: "target",
  better: "lower",
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  compute(view) {
    const { rows, outputs, prediction, target } = view;
    if (rows === 0) return null;
    let total = 0;
    for (let j = 0; j < outputs; j++) {
      const errors = Float64Array.from({ length: rows }, (_, row) => {
        const i = row * outputs + j;
        return Math.abs(float64At(prediction, i) - float64At(target, i));
      });
      if (errors.some(Number.isNaN)) return Number.NaN;
      total += medianOf(view, errors);
    }
    return total / outputs;
  },
});

/** Where the rows on either side count the same, between two errors; in the middle where they count as much as one another. */
function medianOf(view: MetricView, errors: Float64Array): number {
  const order = Int32Array.from(errors.keys())
    .filter((row) => weightOf(view, row) > 0)
    .sort((a, b) => float64At(errors, a) - float64At(errors, b));
  const half = totalWeight(view) / 2;
  let below = 0;
  for (const [i, row] of order.entries()) {
    below += weightOf(view, row);
    if (below < half) continue;
    const error = float64At(errors, row);
    const next = order[i + 1];
    return below > half || next === undefined ? error : (error + float64At(errors, next)) / 2;
  }
  return Number.NaN;
}
