// Root mean squared error.

import { meanTerm } from "./mean-term.ts";
import { defineMetric } from "./metric.ts";

export const rmse = defineMetric({
  name: "rmse",
  title: "RMSE",
  doc: "Root mean squared error: like MAE, with large errors counting more.",
  formula: "sqrt(mean (p - t)^2)",
  example: "test.rmse < 5.5",
  source: "scikit-learn, `root_mean_squared_error`",
  params: {},
  tasks: ["number", "count", "distribution"],
  unit: "target",
  better: "lower",
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  shown: "always",
  compute(view) {
    const squared = meanTerm(view, (p, t) => (p - t) * (p - t));
    return squared === null ? null : Math.sqrt(squared);
  },
});
