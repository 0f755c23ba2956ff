// How well the probabilities put rows of a class before the others.

import { choice, float64At, optional, text } from "@netwright/definitions";
import { classOf, confusionOf } from "./confusion.ts";
import { knownClass } from "./known-class.ts";
import { defineMetric, type MetricView } from "./metric.ts";
import { areaUnderRoc, ranked } from "./ranking.ts";

export const rocAuc = defineMetric({
  name: "roc_auc",
  title: "ROC AUC",
  doc:
    "The chance that a row of a class has a higher probability of it than a row of another; 0.5 is chance. Equal " +
    "probabilities count half. Of several classes the mean: of each against the rest, or of each pair. Classes without " +
    "rows are left out; none where all rows are of one class.",
  formula: "P(p of a row of the class > p of another row) + P(equal) / 2",
  example: "test.roc_auc > 0.9",
  source:
    'scikit-learn, `roc_auc_score`; Hand, Till 2001, "A Simple Generalisation of the Area Under the ROC Curve"',
  params: {
    average: choice({
      doc: "The mean over the classes, or weighted by how often they occur.",
      values: ["macro", "weighted"],
      default: "macro",
    }),
    multi_class: choice({
      doc: "`ovr`: each class against the rest; `ovo`: each pair of classes by itself.",
      values: ["ovr", "ovo"],
      default: "ovr",
    }),
    class: optional(text({ doc: "Of this class alone, against all others; `none` for all." })),
  },
  tasks: ["class", "ordinal"],
  unit: "none",
  better: "higher",
  range: { min: 0, max: 1 },
  needs: "scores",
  check: knownClass,
  compute(view, { average, multi_class, class: named }) {
    const found = confusionOf(view);
    if (found === null || view.scores === null) return null;
    if (named !== null) return againstRest(view, classOf(view, named));
    const { classes, support } = found;
    const parts: [value: number | null, weight: number][] = [];
    for (let one = 0; one < classes; one++) {
      const rows = float64At(support, one);
      if (multi_class === "ovr" || classes === 2) {
        parts.push([againstRest(view, one), average === "weighted" ? rows : 1]);
        continue;
      }
      for (let other = one + 1; other < classes; other++) {
        const both = rows + float64At(support, other);
        parts.push([ofPair(view, one, other), average === "weighted" ? both : 1]);
      }
    }
    const known = parts.flatMap(([value, weight]) => (value === null ? [] : [{ value, weight }]));
    const weights = known.reduce((sum, { weight }) => sum + weight, 0);
    return weights === 0 ? null : known.reduce((sum, { value, weight }) => sum + value * weight, 0) / weights;
  },
});

function againstRest(view: MetricView, one: number): number | null {
  const ties = one < 0 ? null : ranked(view, one, (row) => float64At(view.target, row) === one);
  return ties === null ? null : areaUnderRoc(ties);
}

/** Among the rows of the two: by the probability of the one, and of the other. */
function ofPair(view: MetricView, one: number, other: number): number | null {
  const by = (scored: number): number | null => {
    const ties = ranked(view, scored, (row) => {
      const target = float64At(view.target, row);
      return target === one || target === other ? target === scored : undefined;
    });
    return ties === null ? null : areaUnderRoc(ties);
  };
  const [a, b] = [by(one), by(other)];
  return a === null || b === null ? null : (a + b) / 2;
}
