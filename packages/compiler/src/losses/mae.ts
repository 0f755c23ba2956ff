// Mean absolute error.

import { defineElementwiseLoss } from "./loss.ts";

export const mae = defineElementwiseLoss({
  name: "mae",
  doc: "Mean absolute error: every unit of error costs the same, so outliers weigh little.",
  formula: "mean(|e|), e = prediction - target",
  example: "loss: mae",
  source: "Keras, `mean_absolute_error`",
  params: {},
  ofError: (b, e) => b.abs(e),
});
