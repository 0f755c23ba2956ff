// The linear activation.

import { defineActivation } from "./activation.ts";

export const linear = defineActivation({
  name: "linear",
  doc: "No activation: the input unchanged.",
  formula: "x",
  example: "dense(1, linear)",
  source: "Keras, `linear`",
  params: {},
  build: (_, x) => x,
});
