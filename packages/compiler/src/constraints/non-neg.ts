// Weights that are not negative.

import { defineConstraint } from "./constraint.ts";

export const nonNeg = defineConstraint({
  name: "non_neg",
  doc: "No weight is negative: what would be is 0.",
  formula: "w = max(w, 0)",
  example: "dense(64, kernel_constraint: non_neg)",
  source: "Keras, `NonNeg`",
  params: {},
  build: (b, weight) => b.maximum(weight, b.like(weight, 0)),
});
