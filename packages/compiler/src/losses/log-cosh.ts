// Logarithm of the hyperbolic cosine of the error.

import { softplusOf } from "../activations/softplus.ts";
import { defineElementwiseLoss } from "./loss.ts";

export const logCosh = defineElementwiseLoss({
  name: "log_cosh",
  doc: "A smooth huber loss: squared near 0, linear far from it.",
  formula: "mean(log(cosh(e))), e = prediction - target",
  example: "loss: log_cosh",
  source: "Keras, `log_cosh`",
  params: {},
  // log(cosh(e)) = e + softplus(-2 e) - log 2, which does not overflow
  ofError: (b, e) => b.subtract(b.add(e, softplusOf(b, b.multiply(e, b.like(e, -2)))), b.like(e, Math.LN2)),
});
