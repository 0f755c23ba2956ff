// The swish activation.

import { defineActivation } from "./activation.ts";

export const swish = defineActivation({
  name: "swish",
  doc: "Smooth and non-monotonic; also known as SiLU.",
  formula: "x * sigmoid(x)",
  params: {},
  build: (b, x) => b.multiply(x, b.logistic(x)),
});
