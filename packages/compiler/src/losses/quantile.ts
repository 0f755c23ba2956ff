// The loss of a quantile: errors on one side cost more than on the other.

import { real } from "@netwright/definitions";
import { defineElementwiseLoss } from "./loss.ts";

export const quantile = defineElementwiseLoss({
  name: "quantile",
  doc:
    "The pinball loss, least at a quantile of the target: of 0.9, what nine of ten targets lie below. At 0.5, the median, " +
    "it is half of `mae`.",
  formula: "mean(max(-level * e, (1 - level) * e)), e = prediction - target",
  example: "loss: quantile(0.9)",
  source: 'Koenker, Bassett 1978, "Regression Quantiles"; scikit-learn, `mean_pinball_loss`',
  params: { level: real({ doc: "The share of targets that lie below.", default: 0.5, above: 0, below: 1 }) },
  centred: ({ level }) => level === 0.5,
  ofError: (b, e, { level }) =>
    b.maximum(b.multiply(e, b.like(e, 1 - level)), b.multiply(e, b.like(e, -level))),
});
