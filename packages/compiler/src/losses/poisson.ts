// The loss of counts around a rate, of which the network gives the logarithm.

import { exponential } from "../activations/exponential.ts";
import { logOfMean } from "./average.ts";
import { defineLoss, meanOverOutputs } from "./loss.ts";

export const poisson = defineLoss({
  name: "poisson",
  doc:
    "For counts: how unlikely a count is where so many are expected, which the network gives as a logarithm. A " +
    "prediction is the expected number, in the unit of the target, which is not scaled.",
  formula: "mean(exp(x) - t x), prediction exp(x)",
  example: "loss: poisson",
  source: "Keras, `Poisson` of exp(x); torch, `PoissonNLLLoss` with `log_input`",
  params: {},
  target: "count",
  applies: exponential.name,
  link: (b, x) => exponential.build(b, x, {}),
  average: (b, x, _, shares) => logOfMean(b, x, shares),
  build: (b, x, target) => meanOverOutputs(b, b.subtract(b.exponential(x), b.multiply(x, target))),
});
