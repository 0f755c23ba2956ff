// The relu activation.

import { defineActivation } from "./activation.ts";

export const relu = defineActivation({
  name: "relu",
  doc: "Rectified linear unit: negative inputs become 0.",
  formula: "max(x, 0)",
  example: "dense(64, relu)",
  source: 'Nair, Hinton 2010, "Rectified Linear Units Improve Restricted Boltzmann Machines"',
  params: {},
  range: () => ({ min: 0, max: Number.POSITIVE_INFINITY }),
  // A tie belongs to the second operand, so the gradient at 0 is 0.
  build: (b, x) => b.maximum(x, b.like(x, 0)),
});
