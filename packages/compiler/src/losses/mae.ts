// Mean absolute error.

import { defineElementwiseLoss } from "./loss.ts";

export const mae = defineElementwiseLoss({
  name: "mae",
  doc: "Mean absolute error: every unit of error costs the same, so outliers weigh little.",
  formula: "mean(|e|), e = prediction - target",
  params: {},
  ofError: (b, e) => b.abs(e),
});
