// The largest absolute error.

import { float64At } from "@netwright/definitions";
import { defineMetric } from "./metric.ts";

export const maxError = defineMetric({
  name: "max_error",
  title: "Max error",
  doc: "The largest absolute error, of all rows, whatever they weigh.",
  formula: "max |p - t|",
  example: "test.max_error < 25",
  source: "scikit-learn, `max_error`",
  params: {},
  tasks: ["number", "count", "distribution"],
  unit: "target",
  better: "lower",
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  shown: "always",
  compute({ prediction, target }) {
    if (target.length === 0) return null;
    let largest = 0;
    // Math.max and not a comparison, so that NaN stays visible.
    for (let i = 0; i < target.length; i++)
      largest = Math.max(largest, Math.abs(float64At(prediction, i) - float64At(target, i)));
    return largest;
  },
});
