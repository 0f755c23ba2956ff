// Mean squared error.

import { defineElementwiseLoss } from "./loss.ts";

export const mse = defineElementwiseLoss({
  name: "mse",
  doc: "Mean squared error: large errors cost much more than small ones.",
  formula: "mean(e^2), e = prediction - target",
  example: "loss: mse",
  source: "Keras, `mean_squared_error`",
  params: {},
  ofError: (b, e) => b.multiply(e, e),
});
