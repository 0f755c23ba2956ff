// The celu activation.

import { real } from "@netwright/definitions";
import { defineActivation } from "./activation.ts";

export const celu = defineActivation({
  name: "celu",
  doc: "Like elu, with a slope of 1 at 0 whatever alpha is.",
  formula: "x where x > 0, alpha * (exp(x / alpha) - 1) elsewhere",
  example: "dense(64, celu(alpha: 0.5))",
  source: 'Barron 2017, "Continuously Differentiable Exponential Linear Units"',
  params: { alpha: real({ doc: "Where it ends below 0.", default: 1, above: 0 }) },
  range: ({ alpha }) => ({ min: -alpha, max: Number.POSITIVE_INFINITY }),
  build: (b, x, { alpha }) => {
    const zero = b.like(x, 0);
    const positive = b.compare(x, "GT", zero);
    // The branch that is not taken must not overflow, or its gradient would be infinity times 0.
    const scaled = b.multiply(b.select(positive, zero, x), b.like(x, 1 / alpha));
    return b.select(positive, x, b.multiply(b.exponentialMinusOne(scaled), b.like(x, alpha)));
  },
});
