// Weights of length 1.

import { defineConstraint } from "./constraint.ts";
import { lengthsOf } from "./lengths.ts";

/** Added to lengths, so that weights that are all 0 stay so; that of Keras. */
export const EPSILON = 1e-7;

export const unitNorm = defineConstraint({
  name: "unit_norm",
  doc: "The weights of each output have the length 1 together.",
  formula:
    "w = w / (1e-7 + norm), norm = sqrt(sum(w^2)) over all dimensions but the last; of a bias, over all of it",
  example: "dense(64, kernel_constraint: unit_norm)",
  source: "Keras, `UnitNorm`",
  params: {},
  build: (b, weight) => {
    const { norm, along } = lengthsOf(b, weight);
    return b.divide(weight, along(b.add(norm, b.like(norm, EPSILON))));
  },
});
