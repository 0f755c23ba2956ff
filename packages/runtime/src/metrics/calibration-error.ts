// Whether what is given a probability of 80% is right in 80 of 100 rows.

import { float64At, integer, optional, text } from "@netwright/definitions";
import { classOf } from "./confusion.ts";
import { knownClass } from "./known-class.ts";
import { defineMetric, type MetricView } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

export const calibrationError = defineMetric({
  name: "calibration_error",
  title: "Calibration err.",
  doc:
    "Expected calibration error: rows are put into bins of equal width by the probability of the class that is " +
    "predicted; in each the mean probability is compared with the share that is right. The right end of a bin " +
    "belongs to it, and 0 to the first.",
  formula: "sum over bins of rows_b / n |mean p_b - right_b / rows_b|",
  example: "test.calibration_error < 5%",
  source:
    'Guo et al. 2017, "On Calibration of Modern Neural Networks"; scikit-learn has the curve, `calibration_curve`, with bins closed on the left',
  params: {
    bins: integer({ doc: "How many bins of equal width.", default: 10, min: 1, max: 10_000 }),
    class: optional(
      text({ doc: "By the probability of this class, whatever is predicted; `none` for the class that is." }),
    ),
  },
  tasks: ["class", "ordinal"],
  unit: "fraction",
  better: "lower",
  range: { min: 0, max: 1 },
  needs: "probabilities",
  check: knownClass,
  compute(view, { bins, class: named }) {
    const { rows, scores } = view;
    if (rows === 0 || scores === null) return null;
    const one = named === null ? null : classOf(view, named);
    if (one === -1) return null;
    const sure = new Float64Array(bins);
    const right = new Float64Array(bins);
    for (let row = 0; row < rows; row++) {
      const asked = one ?? float64At(view.prediction, row);
      const p = probability(view, row, asked);
      if (Number.isNaN(p)) return null;
      const bin = Math.min(Math.max(Math.ceil(p * bins) - 1, 0), bins - 1);
      const weight = weightOf(view, row);
      sure[bin] = float64At(sure, bin) + weight * p;
      right[bin] = float64At(right, bin) + (float64At(view.target, row) === asked ? weight : 0);
    }
    let total = 0;
    for (let bin = 0; bin < bins; bin++) total += Math.abs(float64At(sure, bin) - float64At(right, bin));
    return total / totalWeight(view);
  },
});

function probability({ rows, scores }: MetricView, row: number, one: number): number {
  return scores === null ? Number.NaN : float64At(scores, row * (scores.length / rows) + one);
}
