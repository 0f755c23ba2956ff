// The exponential activation.

import { defineActivation } from "./activation.ts";

export const exponential = defineActivation({
  name: "exponential",
  doc: "The exponential function.",
  formula: "exp(x)",
  example: "dense(1, exponential)",
  source: "Keras, `exponential`",
  params: {},
  build: (b, x) => b.exponential(x),
});
