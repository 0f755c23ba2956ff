// The mean of what the true class costs by its probability.

import { float64At } from "@netwright/definitions";
import { log } from "@netwright/ir/numerics";
import { defineMetric } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

/** The least probability that counts: the smallest step of 64-bit numbers at 1. */
const LEAST = Number.EPSILON;

export const logLoss = defineMetric({
  name: "log_loss",
  title: "Log loss",
  doc:
    "The mean of -log of the probability that the true class was given: 0 is perfect, and being sure and wrong costs " +
    "most. Probabilities count as at least 2.2e-16.",
  formula: "mean -log p[t]",
  example: "test.log_loss < 0.3",
  source: "scikit-learn, `log_loss` of 64-bit numbers; one class alone has one, too, where it refuses",
  params: {},
  tasks: ["class", "ordinal"],
  unit: "none",
  better: "lower",
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  shown: "always",
  needs: "probabilities",
  compute(view) {
    const { rows, target, scores } = view;
    if (rows === 0 || scores === null) return null;
    const classes = scores.length / rows;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const p = float64At(scores, row * classes + float64At(target, row));
      total -= weightOf(view, row) * log(Math.max(p, LEAST));
    }
    // Not -0.
    return total / totalWeight(view) + 0;
  },
});
