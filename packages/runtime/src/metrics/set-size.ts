// How many classes a set has.

import { float64At } from "@netwright/definitions";
import { defineMetric } from "./metric.ts";
import { weightOf } from "./row-weight.ts";

export const setSize = defineMetric({
  name: "set_size",
  title: "Set size",
  doc: "How many classes the set beside a prediction has on average: 1 where the model is sure of every row.",
  formula: "mean number of classes in the set",
  example: "test.set_size < 1.5",
  source: 'Sadinle, Lei, Wasserman 2019, "Least Ambiguous Set-Valued Classifiers with Bounded Error Levels"',
  params: {},
  tasks: ["class", "ordinal"],
  unit: "none",
  better: "lower",
  range: { min: 1, max: Number.POSITIVE_INFINITY },
  needs: "interval",
  shown: "always",
  compute: (view) => {
    const { sets, classes, rows } = view;
    if (sets == null || classes === null) return null;
    let [sum, all] = [0, 0];
    for (let row = 0; row < rows; row++) {
      const weight = weightOf(view, row);
      all += weight;
      for (let code = 0; code < classes.length; code++)
        sum += weight * float64At(sets, row * classes.length + code);
    }
    return all === 0 ? null : sum / all;
  },
});
