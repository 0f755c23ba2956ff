// Weights of a limited length.

import { real } from "@netwright/definitions";
import { defineConstraint } from "./constraint.ts";
import { lengthsOf } from "./lengths.ts";

export const maxNorm = defineConstraint({
  name: "max_norm",
  doc: "The weights of each output are at most so long together; longer ones are scaled down.",
  formula:
    "w = w * max_value / max(norm, max_value), norm = sqrt(sum(w^2)) over all dimensions but the last; of a bias, over all of it",
  example: "dense(64, kernel_constraint: max_norm(3))",
  source:
    'Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from Overfitting"; default as in Keras, `MaxNorm`',
  params: { max_value: real({ doc: "Greatest length.", default: 2, above: 0 }) },
  build: (b, weight, { max_value }) => {
    const { norm, along } = lengthsOf(b, weight);
    const limit = b.like(norm, max_value);
    return b.multiply(weight, along(b.divide(limit, b.maximum(norm, limit))));
  },
});
