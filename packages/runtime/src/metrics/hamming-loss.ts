// The share of all labels of all rows that are wrong: missing, or too many.

import { defineMetric } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";
import { wrongLabels } from "./wrong-labels.ts";

export const hammingLoss = defineMetric({
  name: "hamming_loss",
  title: "Hamming loss",
  doc: "The share of all labels of all rows that are wrong: missing, or too many.",
  formula: "mean over rows and labels of [p != t]",
  example: "test.hamming_loss < 5%",
  source: "scikit-learn, `hamming_loss`",
  params: {},
  tasks: ["labels"],
  unit: "fraction",
  better: "lower",
  range: { min: 0, max: 1 },
  shown: "always",
  compute(view) {
    if (view.rows === 0) return null;
    let wrong = 0;
    for (let row = 0; row < view.rows; row++) wrong += weightOf(view, row) * wrongLabels(view, row);
    return wrong / totalWeight(view) / view.outputs;
  },
});
