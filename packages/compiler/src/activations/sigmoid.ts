// The sigmoid activation.

import { defineActivation } from "./activation.ts";

export const sigmoid = defineActivation({
  name: "sigmoid",
  doc: "Logistic function, from 0 to 1.",
  formula: "1 / (1 + exp(-x))",
  example: "dense(1, sigmoid)",
  source: "Keras, `sigmoid`; StableHLO, `logistic`",
  params: {},
  range: () => ({ min: 0, max: 1 }),
  build: (b, x) => b.logistic(x),
});
