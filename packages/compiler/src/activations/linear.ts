// The linear activation.

import { anyNumber } from "@netwright/definitions";
import { defineActivation } from "./activation.ts";

export const linear = defineActivation({
  name: "linear",
  doc: "No activation: the input unchanged.",
  formula: "x",
  example: "dense(1, linear)",
  source: "Keras, `linear`",
  params: {},
  range: () => anyNumber,
  isLinear: () => true,
  build: (_, x) => x,
});
