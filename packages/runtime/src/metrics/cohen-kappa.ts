// Agreement beyond chance.

import { choice, float64At } from "@netwright/definitions";
import { confusionOf } from "./confusion.ts";
import { defineMetric } from "./metric.ts";

const COSTS = {
  none: (a: number, b: number) => (a === b ? 0 : 1),
  linear: (a: number, b: number) => Math.abs(a - b),
  quadratic: (a: number, b: number) => (a - b) * (a - b),
};

export const cohenKappa = defineMetric({
  name: "cohen_kappa",
  title: "Kappa",
  doc:
    "Cohen's kappa: how far predictions agree with the truth beyond chance; 1 is perfect, 0 chance. With weights a " +
    "class that lies further away, in the order of the classes, costs more. None where there is one class alone.",
  formula: "1 - sum w_tp n_tp / sum w_tp e_tp, e_tp expected by chance",
  example: "test.cohen_kappa(weights: quadratic) > 0.8",
  source:
    'scikit-learn, `cohen_kappa_score`, but that weights go by all classes, where it counts those that occur; Cohen 1968, "Weighted kappa"',
  params: {
    weights: choice({
      doc: "What a wrong class costs: the same, its distance, or the square of that.",
      values: ["none", "linear", "quadratic"],
      default: "none",
    }),
  },
  tasks: ["class", "ordinal"],
  unit: "none",
  better: "higher",
  range: { min: -1, max: 1 },
  compute(view, { weights }) {
    const found = confusionOf(view);
    if (found === null) return null;
    const { classes, counts, support, predicted } = found;
    const cost = COSTS[weights];
    let [observed, expected] = [0, 0];
    for (let t = 0; t < classes; t++) {
      for (let p = 0; p < classes; p++) {
        observed += cost(t, p) * float64At(counts, t * classes + p);
        expected += (cost(t, p) * float64At(support, t) * float64At(predicted, p)) / view.rows;
      }
    }
    return expected === 0 ? null : 1 - observed / expected;
  },
});
