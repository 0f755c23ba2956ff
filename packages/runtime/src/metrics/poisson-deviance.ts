// How far predicted rates are from counts.

import { log } from "@netwright/ir/numerics";
import { meanTerm } from "./mean-term.ts";
import { defineMetric } from "./metric.ts";

export const poissonDeviance = defineMetric({
  name: "poisson_deviance",
  title: "Poisson dev.",
  doc:
    "The mean deviance of counts around predicted rates: 0 is perfect, and an error of 1 costs more at a rate of 1 than " +
    "at 100. None where a prediction is not above 0 or a target is below.",
  formula: "mean 2 (t log(t / p) - t + p), where t = 0: 2 p",
  example: "test.poisson_deviance < 1.5",
  source: "scikit-learn, `mean_poisson_deviance`",
  params: {},
  tasks: ["number", "count"],
  unit: "none",
  better: "lower",
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  compute(view) {
    if (!view.prediction.every((p) => p > 0) || !view.target.every((t) => t >= 0)) return null;
    const mean = meanTerm(view, (p, t) => 2 * ((t === 0 ? 0 : t * log(t / p)) - t + p));
    // Rounding may leave a little less than 0.
    return mean === null ? null : Math.max(mean, 0);
  },
});
