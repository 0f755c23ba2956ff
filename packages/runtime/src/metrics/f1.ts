// Precision and recall in one number.

import { averaged, averageParams } from "./averaged.ts";
import { share } from "./confusion.ts";
import { knownClass } from "./known-class.ts";
import { defineMetric } from "./metric.ts";

export const f1 = defineMetric({
  name: "f1",
  title: "F1",
  doc: "The harmonic mean of precision and recall: high only where both are.",
  formula: "2 right / (rows of the class + predicted)",
  example: "test.f1 > 90%",
  source:
    "scikit-learn, `f1_score` with zero_division 0; two classes are averaged, too, where it takes the second alone",
  params: averageParams,
  tasks: ["class", "ordinal", "labels"],
  unit: "fraction",
  better: "higher",
  range: { min: 0, max: 1 },
  shown: "always",
  check: knownClass,
  compute: (view, args) =>
    averaged(view, args, ({ right, support, predicted }) => share(2 * right, support + predicted)),
});
