// The exponential activation.

import { defineActivation } from "./activation.ts";

export const exponential = defineActivation({
  name: "exponential",
  doc: "The exponential function.",
  formula: "exp(x)",
  example: "dense(1, exponential)",
  source: "Keras, `exponential`",
  params: {},
  range: () => ({ min: 0, max: Number.POSITIVE_INFINITY }),
  build: (b, x) => b.exponential(x),
});
