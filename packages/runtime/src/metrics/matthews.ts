// The correlation of the predicted classes with the true ones.

import { float64At } from "@netwright/definitions";
import { confusionOf, sum } from "./confusion.ts";
import { defineMetric } from "./metric.ts";

export const matthews = defineMetric({
  name: "matthews",
  title: "Matthews",
  doc:
    "Matthews' correlation coefficient: 1 is perfect, 0 no better than chance, with rare classes too. 0 where all rows " +
    "are of one class, or one class is predicted for all.",
  formula:
    "(right n - sum t_k p_k) / sqrt((n^2 - sum p_k^2) (n^2 - sum t_k^2)), t_k rows of class k, p_k those for which it is predicted",
  example: "test.matthews > 0.7",
  source:
    'scikit-learn, `matthews_corrcoef`; Gorodkin 2004, "Comparing two K-category assignments by a K-category correlation coefficient"',
  params: {},
  tasks: ["class", "ordinal"],
  unit: "none",
  better: "higher",
  range: { min: -1, max: 1 },
  compute(view) {
    const found = confusionOf(view);
    if (found === null) return null;
    const { support, predicted, right } = found;
    const n = sum(support);
    const squares = (values: Float64Array) => sum(values.map((value) => value * value));
    const together = sum(support.map((rows, one) => rows * float64At(predicted, one)));
    const spread = (n * n - squares(predicted)) * (n * n - squares(support));
    return spread === 0 ? 0 : (sum(right) * n - together) / Math.sqrt(spread);
  },
});
