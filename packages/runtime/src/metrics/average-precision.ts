// Precision over all thresholds, by the steps that they make in recall.

import { choice, float64At, optional, text } from "@netwright/definitions";
import { classOf, confusionOf } from "./confusion.ts";
import { knownClass } from "./known-class.ts";
import { defineMetric } from "./metric.ts";
import { againstRest, averagePrecisionOf } from "./ranking.ts";

export const averagePrecision = defineMetric({
  name: "average_precision",
  title: "Average precision",
  doc:
    "The area under the curve of precision over recall, in steps: for rare classes it tells more than ROC AUC. Of all " +
    "classes the mean, of two as well: name the one that matters. One that is named and has no rows has 0.",
  formula: "sum over thresholds of (recall_i - recall_(i-1)) precision_i",
  example: 'test.average_precision(class: "yes") > 0.7',
  source: "scikit-learn, `average_precision_score`, but that of two classes it takes the second alone",
  params: {
    average: choice({
      doc: "The mean over the classes that have rows, or weighted by how often they occur.",
      values: ["macro", "weighted"],
      default: "macro",
    }),
    class: optional(text({ doc: "Of this class alone, against all others; `none` for all." })),
  },
  tasks: ["class", "ordinal"],
  unit: "none",
  better: "higher",
  range: { min: 0, max: 1 },
  needs: "scores",
  check: knownClass,
  compute(view, { average, class: named }) {
    const found = confusionOf(view);
    if (found === null) return null;
    const of = (one: number): number | null => {
      const ties = one < 0 ? null : againstRest(view, one);
      return ties === null ? null : averagePrecisionOf(ties);
    };
    if (named !== null) return of(classOf(view, named));
    let [total, weights] = [0, 0];
    for (let one = 0; one < found.classes; one++) {
      const rows = float64At(found.support, one);
      const value = rows === 0 ? null : of(one);
      if (value === null) continue;
      const weight = average === "weighted" ? rows : 1;
      total += value * weight;
      weights += weight;
    }
    return weights === 0 ? null : total / weights;
  },
});
