// The sigmoid activation.

import { defineActivation } from "./activation.ts";

export const sigmoid = defineActivation({
  name: "sigmoid",
  doc: "Logistic function, from 0 to 1.",
  formula: "1 / (1 + exp(-x))",
  params: {},
  build: (b, x) => b.logistic(x),
});
