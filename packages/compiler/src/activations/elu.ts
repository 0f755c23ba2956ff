// The elu activation. Source: Clevert, Unterthiner, Hochreiter 2016.

import { real } from "@netwright/definitions";
import { defineActivation } from "./activation.ts";

export const elu = defineActivation({
  name: "elu",
  doc: "Exponential linear unit: smooth below 0, saturating at -alpha.",
  formula: "x where x > 0, alpha * (exp(x) - 1) elsewhere",
  example: "dense(64, elu(alpha: 0.5))",
  source:
    'Clevert, Unterthiner, Hochreiter 2016, "Fast and Accurate Deep Network Learning by Exponential Linear Units"',
  params: { alpha: real({ doc: "Scale of the negative part.", default: 1, min: 0 }) },
  range: ({ alpha }) => ({ min: 0 - alpha, max: Number.POSITIVE_INFINITY }),
  build: (b, x, { alpha }) => {
    const zero = b.like(x, 0);
    const positive = b.compare(x, "GT", zero);
    // The branch that is not taken must not overflow, or its gradient would be infinity times 0. Not by `minimum`,
    // whose gradient at 0 is 0: there the slope is alpha.
    const negative = b.multiply(b.exponentialMinusOne(b.select(positive, zero, x)), b.like(x, alpha));
    return b.select(positive, x, negative);
  },
});
