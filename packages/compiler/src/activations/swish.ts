// The swish activation.

import { defineActivation } from "./activation.ts";

export const swish = defineActivation({
  name: "swish",
  doc: "Smooth and non-monotonic; also known as SiLU.",
  formula: "x * sigmoid(x)",
  example: "dense(64, swish)",
  source: 'Ramachandran, Zoph, Le 2017, "Searching for Activation Functions"',
  params: {},
  range: () => ({ min: -0.27846454276107, max: Number.POSITIVE_INFINITY }),
  build: (b, x) => b.multiply(x, b.logistic(x)),
});
