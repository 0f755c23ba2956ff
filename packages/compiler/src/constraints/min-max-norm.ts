// Weights of a length between two bounds, brought there at once or little by little.

import { real } from "@netwright/definitions";
import { defineConstraint } from "./constraint.ts";
import { lengthsOf } from "./lengths.ts";
import { EPSILON } from "./unit-norm.ts";

export const minMaxNorm = defineConstraint({
  name: "min_max_norm",
  doc: "The weights of each output are between so short and so long together; others are scaled towards it.",
  formula:
    "w = w * (rate * min(max(norm, min_value), max_value) + (1 - rate) * norm) / (1e-7 + norm), norm as for max_norm",
  example: "dense(64, kernel_constraint: min_max_norm(min_value: 0.5, max_value: 2))",
  source: "Keras, `MinMaxNorm`",
  params: {
    min_value: real({ doc: "Least length.", default: 0, min: 0 }),
    max_value: real({ doc: "Greatest length.", default: 1, above: 0 }),
    rate: real({ doc: "Share of the way that one update goes; 1 is all of it.", default: 1, min: 0, max: 1 }),
  },
  build: (b, weight, { min_value, max_value, rate }) => {
    const { norm, along } = lengthsOf(b, weight);
    const wanted = b.minimum(b.maximum(norm, b.like(norm, min_value)), b.like(norm, max_value));
    const length = b.add(b.multiply(wanted, b.like(norm, rate)), b.multiply(norm, b.like(norm, 1 - rate)));
    return b.multiply(weight, along(b.divide(length, b.add(norm, b.like(norm, EPSILON)))));
  },
});
