// The tanh_shrink activation.

import { anyNumber } from "@netwright/definitions";
import { defineActivation } from "./activation.ts";

export const tanhShrink = defineActivation({
  name: "tanh_shrink",
  doc: "What tanh leaves of its input: nearly nothing around 0.",
  formula: "x - tanh(x)",
  example: "dense(64, tanh_shrink)",
  source: "Keras, `tanh_shrink`",
  params: {},
  range: () => anyNumber,
  build: (b, x) => b.subtract(x, b.tanh(x)),
});
