// The mish activation. Source: Misra 2019.

import { defineActivation } from "./activation.ts";
import { softplusOf } from "./softplus.ts";

export const mish = defineActivation({
  name: "mish",
  doc: "Smooth and non-monotonic, close to swish.",
  formula: "x * tanh(log(1 + exp(x)))",
  example: "dense(64, mish)",
  source: 'Misra 2019, "Mish: A Self Regularized Non-Monotonic Activation Function"',
  params: {},
  range: () => ({ min: -0.30884341301725, max: Number.POSITIVE_INFINITY }),
  build: (b, x) => b.multiply(x, b.tanh(softplusOf(b, x))),
});
