// The relu activation.

import { optional, real } from "@netwright/definitions";
import { defineActivation } from "./activation.ts";

export const relu = defineActivation({
  name: "relu",
  doc: "Rectified linear unit: negative inputs become 0.",
  formula:
    "max(x, 0); with arguments min(x, max_value) where x > threshold, negative_slope * (x - threshold) elsewhere",
  example: "dense(64, relu)",
  source:
    'Nair, Hinton 2010, "Rectified Linear Units Improve Restricted Boltzmann Machines"; arguments as in Keras, `ReLU`',
  params: {
    max_value: optional(real({ doc: "The greatest output; `none` for no bound.", min: 0 })),
    negative_slope: real({ doc: "Slope below the threshold.", default: 0, min: 0 }),
    threshold: real({ doc: "What an input has to exceed.", default: 0, min: 0 }),
  },
  range: ({ max_value, negative_slope }) => ({
    min: negative_slope > 0 ? Number.NEGATIVE_INFINITY : 0,
    max: max_value ?? Number.POSITIVE_INFINITY,
  }),
  isLinear: ({ max_value, negative_slope, threshold }) =>
    max_value === null && negative_slope === 1 && threshold === 0,
  // A tie belongs to the second operand, so the gradient at 0 is 0.
  build: (b, x, { max_value, negative_slope, threshold }) => {
    const zero = b.like(x, 0);
    const bounded = (value: typeof x) =>
      max_value === null ? value : b.minimum(value, b.like(x, max_value));
    const above =
      threshold === 0 ? b.maximum(x, zero) : b.select(b.compare(x, "GT", b.like(x, threshold)), x, zero);
    if (negative_slope === 0) return bounded(above);
    const below = threshold === 0 ? x : b.subtract(x, b.like(x, threshold));
    const part = b.multiply(b.minimum(below, zero), b.like(x, negative_slope));
    return b.add(bounded(above), part);
  },
});
