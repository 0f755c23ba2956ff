// How well the probabilities put rows of a class before the others.

import { choice, float64At, optional, placesOf, text } from "@netwright/definitions";
import { classOf } from "./confusion.ts";
import { knownClass } from "./known-class.ts";
import { defineMetric, type MetricView } from "./metric.ts";
import { againstRest, areaUnderRoc, ranked, type Tie } from "./ranking.ts";
import { weightOf } from "./row-weight.ts";

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
    if (view.rows === 0 || view.scores === null || view.classes === null) return null;
    if (named !== null) {
      const one = classOf(view, named);
      return one < 0 ? null : areaOf(againstRest(view, one));
    }
    const weigh = (own: readonly number[]) => own.reduce((all, row) => all + weightOf(view, row), 0);
    const rows = [...placesOf(view.target)].sort(([a], [b]) => a - b);
    const parts: (readonly [value: number | null, rows: number])[] = [];
    for (const [i, [one, own]] of rows.entries()) {
      if (multi_class === "ovr" || view.classes.length === 2) {
        parts.push([areaOf(againstRest(view, one)), weigh(own)]);
        continue;
      }
      for (const [other, others] of rows.slice(i + 1)) {
        const area = ofPair(view, { one, rows: own }, { one: other, rows: others });
        parts.push([area, weigh(own) + weigh(others)]);
      }
    }
    let [total, weights] = [0, 0];
    for (const [value, count] of parts) {
      if (value === null) continue;
      const weight = average === "weighted" ? count : 1;
      total += value * weight;
      weights += weight;
    }
    return weights === 0 ? null : total / weights;
  },
});

function areaOf(ties: readonly Tie[] | null): number | null {
  return ties === null ? null : areaUnderRoc(ties);
}

interface OfClass {
  readonly one: number;
  readonly rows: readonly number[];
}

/** Among the rows of the two: by the probability of the one, and of the other. */
function ofPair(view: MetricView, a: OfClass, b: OfClass): number | null {
  const by = ({ one }: OfClass): number | null =>
    areaOf(ranked(view, one, [...a.rows, ...b.rows], (row) => float64At(view.target, row) === one));
  const [first, second] = [by(a), by(b)];
  return first === null || second === null ? null : (first + second) / 2;
}
