// The softmax activation over the last dimension.

import { defineActivation } from "./activation.ts";

export const softmax = defineActivation({
  name: "softmax",
  doc: "Positive outputs that sum to 1 over the last dimension.",
  formula: "exp(x_i) / sum_j exp(x_j)",
  example: "dense(3, softmax)",
  source: 'Bridle 1990, "Probabilistic Interpretation of Feedforward Classification Network Outputs"',
  params: {},
  range: (_, width) => ({ min: width === 1 ? 1 : 0, max: 1 }),
  build: (b, x) => {
    const { shape } = x.type;
    const last = shape.length - 1;
    const kept = shape.map((_, d) => d).slice(0, -1);
    const spread = (reduced: typeof x) => b.broadcastInDim(reduced, shape, kept);
    // Subtracting the maximum keeps the exponential finite and changes nothing else, gradients neither.
    const largest = b.stopGradient(b.reduce(x, "max", [last]));
    const e = b.exponential(b.subtract(x, spread(largest)));
    return b.divide(e, spread(b.sum(e, [last])));
  },
});
