// The threshold at which a metric is best.

import { choice } from "@netwright/definitions";
import { type Cut, defineThreshold } from "./threshold.ts";

const METRICS: { readonly [M in (typeof names)[number]]: (cut: Cut) => number } = {
  f1: ({ truePositives: tp, falsePositives: fp, falseNegatives: fn }) => share(2 * tp, 2 * tp + fp + fn),
  accuracy: ({ truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn }) =>
    share(tp + tn, tp + fp + fn + tn),
  balanced_accuracy: ({ truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn }) =>
    (share(tp, tp + fn) + share(tn, tn + fp)) / 2,
  matthews: ({ truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn }) =>
    share(tp * tn - fp * fn, Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))),
};

const names = ["f1", "accuracy", "balanced_accuracy", "matthews"] as const;

export const best = defineThreshold({
  name: "best",
  doc:
    "The threshold at which a metric is best on the validation rows. `f1` is that of the second class, which " +
    "`category(values: [...])` of the target states.",
  formula: "argmax over s of metric [p >= s], p the probability of the second class",
  example: "threshold: best(f1)",
  source: "scikit-learn, `TunedThresholdClassifierCV`",
  params: { metric: choice({ doc: "What is to be as large as it can be.", values: names, default: "f1" }) },
  value: (cut, { metric }) => METRICS[metric](cut),
});

/** 0 where there is nothing to divide by, as metrics have it. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
