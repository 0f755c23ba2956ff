// How far predicted shares of a whole are from the true ones.

import { float64At } from "@netwright/definitions";
import { logWide } from "@netwright/ir/numerics";
import { defineMetric } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

/** The least share that counts: the smallest step of 64-bit numbers at 1. */
const LEAST = Number.EPSILON;

export const klDivergence = defineMetric({
  name: "kl_divergence",
  title: "KL divergence",
  doc:
    "Kullback-Leibler divergence of the predicted shares from the true ones: 0 is perfect, and a share that is predicted " +
    "much too small costs most. Predicted shares count as at least 2.2e-16.",
  formula: "mean over rows of sum t log(t / p), where t > 0",
  example: "test.kl_divergence < 0.05",
  source: "Keras, `KLDivergence`, with 2.2e-16 where it has 1e-7; SciPy, `rel_entr`",
  params: {},
  tasks: ["distribution"],
  unit: "none",
  better: "lower",
  // Shares that are rounded may sum to a little less than the predicted ones.
  range: { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
  shown: "always",
  compute(view) {
    const { rows, outputs, prediction, target } = view;
    if (rows === 0) return null;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      let own = 0;
      for (let i = row * outputs; i < (row + 1) * outputs; i++) {
        const t = float64At(target, i);
        const p = float64At(prediction, i);
        if (t > 0 || Number.isNaN(t)) own += t * logWide(t / Math.max(p, LEAST));
      }
      total += weightOf(view, row) * own;
    }
    return total / totalWeight(view);
  },
});
