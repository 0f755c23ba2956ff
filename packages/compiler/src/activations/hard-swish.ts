// The hard_swish activation.

import { defineActivation } from "./activation.ts";
import { hardSigmoidOf } from "./hard-sigmoid.ts";

export const hardSwish = defineActivation({
  name: "hard_swish",
  doc: "Swish with the piecewise linear sigmoid; also known as hard SiLU.",
  formula: "x * min(max(x / 6 + 1/2, 0), 1)",
  example: "dense(64, hard_swish)",
  source: 'Howard et al. 2019, "Searching for MobileNetV3"',
  params: {},
  range: () => ({ min: -0.375, max: Number.POSITIVE_INFINITY }),
  build: (b, x) => b.multiply(x, hardSigmoidOf(b, x)),
});
