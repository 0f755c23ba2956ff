// Accuracy in which every class counts as much, however rare it is.

import { flag, float64At } from "@netwright/definitions";
import { confusionOf } from "./confusion.ts";
import { defineMetric } from "./metric.ts";

export const balancedAccuracy = defineMetric({
  name: "balanced_accuracy",
  title: "Balanced acc.",
  doc:
    "The mean over the classes of the share of their rows that are right: always predicting the most frequent class " +
    "gives 1 / classes. Classes without rows are left out.",
  formula: "mean over classes of right / rows of the class",
  example: "test.balanced_accuracy > 85%",
  source: "scikit-learn, `balanced_accuracy_score`",
  params: { adjusted: flag({ doc: "So that chance gives 0, and all right still 1.", default: false }) },
  tasks: ["class", "ordinal"],
  unit: "fraction",
  better: "higher",
  range: { min: -1, max: 1 },
  shown: "always",
  compute(view, { adjusted }) {
    const found = confusionOf(view);
    if (found === null) return null;
    let [shares, classes] = [0, 0];
    for (let one = 0; one < found.classes; one++) {
      const rows = float64At(found.support, one);
      if (rows === 0) continue;
      shares += float64At(found.right, one) / rows;
      classes++;
    }
    const mean = shares / classes;
    if (!adjusted) return mean;
    return classes === 1 ? null : (mean - 1 / classes) / (1 - 1 / classes);
  },
});
