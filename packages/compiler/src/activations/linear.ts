// The linear activation.

import { defineActivation } from "./activation.ts";

export const linear = defineActivation({
  name: "linear",
  doc: "No activation: the input unchanged.",
  formula: "x",
  params: {},
  build: (_, x) => x,
});
