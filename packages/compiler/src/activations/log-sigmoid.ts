// The log_sigmoid activation.

import { defineActivation } from "./activation.ts";
import { softplusOf } from "./softplus.ts";

export const logSigmoid = defineActivation({
  name: "log_sigmoid",
  doc: "Logarithm of the sigmoid, always negative: softplus mirrored.",
  formula: "-log(1 + exp(-x))",
  example: "dense(1, log_sigmoid)",
  source: "Keras, `log_sigmoid`",
  params: {},
  range: () => ({ min: Number.NEGATIVE_INFINITY, max: 0 }),
  build: (b, x) => b.negate(softplusOf(b, b.negate(x))),
});
