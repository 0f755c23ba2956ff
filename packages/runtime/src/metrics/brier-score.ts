// The squared error of the probabilities.

import { float64At } from "@netwright/definitions";
import { defineMetric } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

export const brierScore = defineMetric({
  name: "brier_score",
  title: "Brier score",
  doc:
    "The mean squared error of the probabilities, against 1 for the true class and 0 for the others; of two classes " +
    "half of it, so that it is the squared error of either.",
  formula: "mean over rows of the sum over classes of (p_k - [t = k])^2; halved for two classes",
  example: "test.brier_score < 0.1",
  source: "scikit-learn, `brier_score_loss`; Brier 1950",
  params: {},
  tasks: ["class", "ordinal"],
  unit: "none",
  better: "lower",
  range: { min: 0, max: 2 },
  needs: "probabilities",
  compute(view) {
    const { rows, target, scores } = view;
    if (rows === 0 || scores === null) return null;
    const classes = scores.length / rows;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const weight = weightOf(view, row);
      for (let k = 0; k < classes; k++) {
        const off = float64At(scores, row * classes + k) - (float64At(target, row) === k ? 1 : 0);
        total += weight * off * off;
      }
    }
    return total / totalWeight(view) / (classes === 2 ? 2 : 1);
  },
});
