// Mean absolute percentage error.

import { meanTerm } from "./mean-term.ts";
import { defineMetric } from "./metric.ts";

export const mape = defineMetric({
  name: "mape",
  title: "MAPE",
  doc:
    "Mean absolute percentage error, as a fraction: 0.08 is 8%. Rows whose target is 0 are left out; " +
    "none when there is no other.",
  formula: "mean |p - t| / |t| over t != 0",
  example: "test.mape < 15%",
  source: "scikit-learn, `mean_absolute_percentage_error`, without the rows whose target is 0",
  params: {},
  tasks: ["number", "count"],
  unit: "fraction",
  better: "lower",
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  shown: "always",
  compute: (view) => meanTerm(view, (p, t) => (t === 0 ? null : Math.abs(p - t) / Math.abs(t))),
});
