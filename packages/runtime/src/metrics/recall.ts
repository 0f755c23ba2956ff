// How many of the rows of a class are found.

import { averaged, averageParams } from "./averaged.ts";
import { share } from "./confusion.ts";
import { knownClass } from "./known-class.ts";
import { defineMetric } from "./metric.ts";

export const recall = defineMetric({
  name: "recall",
  title: "Recall",
  doc: "The share of the rows of a class for which it is predicted; 0 where there are none.",
  formula: "right / rows of the class",
  example: 'test.recall(class: "yes") > 90%',
  source:
    "scikit-learn, `recall_score` with zero_division 0; two classes are averaged, too, where it takes the second alone",
  params: averageParams,
  tasks: ["class", "ordinal", "labels"],
  unit: "fraction",
  better: "higher",
  range: { min: 0, max: 1 },
  check: knownClass,
  compute: (view, args) => averaged(view, args, ({ right, support }) => share(right, support)),
});
