// How unlikely targets are of normal distributions around what is predicted, as wide as the spread says.

import { float64At } from "@netwright/definitions";
import { logWide } from "@netwright/ir/numerics";
import { defineMetric } from "./metric.ts";
import { weightOf } from "./row-weight.ts";

const HALF_LOG_TWO_PI = 0.9189385332046728;

export const negativeLogLikelihood = defineMetric({
  name: "negative_log_likelihood",
  title: "NLL",
  doc:
    "How unlikely targets are of normal distributions around the predictions, whose standard deviations are the spreads beside " +
    "them: low where what is far off is said to be uncertain, and nothing else is. It goes by the unit of the target.",
  formula: "mean of log(2 pi s^2) / 2 + (t - p)^2 / (2 s^2)",
  example: "test.negative_log_likelihood < 3",
  source: "torch, `GaussianNLLLoss` with `full`",
  params: {},
  tasks: ["number", "count"],
  unit: "none",
  better: "lower",
  range: { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
  needs: "spread",
  shown: "always",
  compute: (view) => {
    const { prediction, target, spread, outputs } = view;
    if (spread == null) return null;
    let [sum, all] = [0, 0];
    for (let i = 0; i < target.length; i++) {
      const weight = weightOf(view, Math.floor(i / outputs));
      const own = float64At(spread, i);
      const off = (float64At(target, i) - float64At(prediction, i)) / own;
      all += weight;
      if (weight > 0) sum += weight * (HALF_LOG_TWO_PI + logWide(own) + (off * off) / 2);
    }
    const mean = sum / all;
    return all === 0 || !Number.isFinite(mean) ? null : mean;
  },
});
