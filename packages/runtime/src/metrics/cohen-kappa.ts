// Agreement beyond chance.

import { choice, float64At } from "@netwright/definitions";
import { confusionOf } from "./confusion.ts";
import { defineMetric } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

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
    const cost = COSTS[weights];
    const total = totalWeight(view);
    let observed = 0;
    for (let row = 0; row < view.rows; row++) {
      observed += weightOf(view, row) * cost(float64At(view.target, row), float64At(view.prediction, row));
    }
    // Classes that occur on either side are what chance could pair.
    const rows = occurring(found.support);
    const columns = occurring(found.predicted);
    let expected = 0;
    for (const t of rows) {
      for (const p of columns) {
        expected += (cost(t, p) * float64At(found.support, t) * float64At(found.predicted, p)) / total;
      }
    }
    return expected === 0 ? null : 1 - observed / expected;
  },
});

function occurring(counts: Float64Array): readonly number[] {
  const classes: number[] = [];
  for (let one = 0; one < counts.length; one++) if (float64At(counts, one) > 0) classes.push(one);
  return classes;
}
