// The log_softmax activation over the last dimension.

import { defineActivation } from "./activation.ts";

export const logSoftmax = defineActivation({
  name: "log_softmax",
  doc: "Logarithms of softmax, without the loss of digits that a logarithm behind it would have.",
  formula: "x_i - log(sum_j exp(x_j))",
  example: "dense(3, log_softmax)",
  source: "Keras, `log_softmax`",
  params: {},
  range: (_, width) => ({ min: width === 1 ? 0 : Number.NEGATIVE_INFINITY, max: 0 }),
  build: (b, x) => {
    const { shape } = x.type;
    const last = shape.length - 1;
    const kept = shape.map((_, d) => d).slice(0, -1);
    const spread = (reduced: typeof x) => b.broadcastInDim(reduced, shape, kept);
    // Subtracting the maximum keeps the exponential finite and changes nothing else, gradients neither.
    const largest = b.stopGradient(b.reduce(x, "max", [last]));
    const moved = b.subtract(x, spread(largest));
    return b.subtract(moved, spread(b.log(b.sum(b.exponential(moved), [last]))));
  },
});
