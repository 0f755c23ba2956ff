// The relu6 activation.

import { defineActivation } from "./activation.ts";

export const relu6 = defineActivation({
  name: "relu6",
  doc: "Like relu, and at most 6.",
  formula: "min(max(x, 0), 6)",
  example: "dense(64, relu6)",
  source: 'Krizhevsky 2010, "Convolutional Deep Belief Networks on CIFAR-10"',
  params: {},
  range: () => ({ min: 0, max: 6 }),
  // A tie belongs to the second operand, so the gradient at 0 and at 6 is 0.
  build: (b, x) => b.minimum(b.maximum(x, b.like(x, 0)), b.like(x, 6)),
});
