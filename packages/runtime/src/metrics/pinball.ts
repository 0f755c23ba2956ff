// The loss of a quantile: errors on one side cost more than on the other.

import { float64At, real } from "@netwright/definitions";
import { meanTerm } from "./mean-term.ts";
import { defineMetric, type MetricView } from "./metric.ts";

export const pinball = defineMetric({
  name: "pinball",
  title: "Pinball",
  doc:
    "How good a prediction is as a quantile: one that is too low costs `quantile` times the error, one that is too high " +
    "1 - `quantile` times. At 0.5 it is half of MAE. Where `levels` are predicted, it is about the one that it names.",
  formula: "mean of quantile (t - p) where t >= p, else (1 - quantile) (p - t)",
  example: "test.pinball(0.9) < 2",
  source: "scikit-learn, `mean_pinball_loss`",
  params: {
    quantile: real({ doc: "The share of the targets that should lie below.", default: 0.5, min: 0, max: 1 }),
  },
  tasks: ["number", "count"],
  unit: "target",
  better: "lower",
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  compute: (view, { quantile }) =>
    meanTerm(ofLevel(view, quantile), (p, t) => (t >= p ? quantile * (t - p) : (1 - quantile) * (p - t))),
});

/** The prediction of that level, if there is one. */
function ofLevel(view: MetricView, level: number): MetricView {
  const { rows, quantiles } = view;
  const own = quantiles?.levels.indexOf(level) ?? -1;
  if (quantiles == null || own < 0) return view;
  const { levels, values } = quantiles;
  const prediction = Float64Array.from({ length: rows }, (_, row) =>
    float64At(values, row * levels.length + own),
  );
  return { ...view, prediction };
}
