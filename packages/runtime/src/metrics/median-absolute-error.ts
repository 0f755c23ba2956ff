// The median of the absolute errors.

import { float64At } from "@netwright/definitions";
import { defineMetric } from "./metric.ts";

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
  compute({ rows, outputs, prediction, target }) {
    if (rows === 0) return null;
    let total = 0;
    for (let j = 0; j < outputs; j++) {
      const errors = Float64Array.from({ length: rows }, (_, row) => {
        const i = row * outputs + j;
        return Math.abs(float64At(prediction, i) - float64At(target, i));
      }).sort();
      // NaN is sorted behind all numbers, where it might stay unseen.
      if (Number.isNaN(float64At(errors, rows - 1))) return Number.NaN;
      const half = rows >> 1;
      total +=
        rows % 2 === 1
          ? float64At(errors, half)
          : (float64At(errors, half - 1) + float64At(errors, half)) / 2;
    }
    return total / outputs;
  },
});
