// How many of the rows for which a class is predicted are of that class.

import { averaged, averageParams } from "./averaged.ts";
import { share } from "./confusion.ts";
import { knownClass } from "./known-class.ts";
import { defineMetric } from "./metric.ts";

export const precision = defineMetric({
  name: "precision",
  title: "Precision",
  doc: "The share of the rows for which a class is predicted that are of that class; 0 where it is predicted for none.",
  formula: "right / predicted, of a class",
  example: 'test.precision(class: "yes") > 80%',
  source:
    "scikit-learn, `precision_score` with zero_division 0; two classes are averaged, too, where it takes the second alone",
  params: averageParams,
  tasks: ["class", "ordinal", "labels"],
  unit: "fraction",
  better: "higher",
  range: { min: 0, max: 1 },
  check: knownClass,
  compute: (view, args) => averaged(view, args, ({ right, predicted }) => share(right, predicted)),
});
