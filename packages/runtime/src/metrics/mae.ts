// Mean absolute error.

import { meanTerm } from "./mean-term.ts";
import { defineMetric } from "./metric.ts";

export const mae = defineMetric({
  name: "mae",
  title: "MAE",
  doc: "Mean absolute error: how far off a prediction is on average; of classes in an order, by how many places.",
  formula: "mean |p - t|",
  example: "test.mae < 4",
  source: "scikit-learn, `mean_absolute_error`",
  params: {},
  tasks: ["number", "count", "distribution", "ordinal"],
  unit: "target",
  better: "lower",
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  shown: "always",
  compute: (view) => meanTerm(view, (p, t) => Math.abs(p - t)),
});
