// The share of rows whose labels are predicted exactly, none of them missing and none too many.

import { defineMetric } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";
import { wrongLabels } from "./wrong-labels.ts";

export const subsetAccuracy = defineMetric({
  name: "subset_accuracy",
  title: "Subset acc.",
  doc: "The share of rows whose labels are predicted exactly, none of them missing and none too many.",
  formula: "mean [all labels of p are those of t]",
  example: "test.subset_accuracy > 60%",
  source: "scikit-learn, `accuracy_score` of labels",
  params: {},
  tasks: ["labels"],
  unit: "fraction",
  better: "higher",
  range: { min: 0, max: 1 },
  shown: "always",
  compute(view) {
    if (view.rows === 0) return null;
    let right = 0;
    for (let row = 0; row < view.rows; row++) if (wrongLabels(view, row) === 0) right += weightOf(view, row);
    return right / totalWeight(view);
  },
});
