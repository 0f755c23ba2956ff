// The tanh activation.

import { defineActivation } from "./activation.ts";

export const tanh = defineActivation({
  name: "tanh",
  doc: "Hyperbolic tangent, from -1 to 1.",
  formula: "(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
  example: "dense(64, tanh)",
  source: 'LeCun et al. 1998, "Efficient BackProp"; StableHLO, `tanh`',
  params: {},
  range: () => ({ min: -1, max: 1 }),
  build: (b, x) => b.tanh(x),
});
