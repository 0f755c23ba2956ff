// The leaky_relu activation.

import { anyNumber, real } from "@netwright/definitions";
import { defineActivation } from "./activation.ts";

export const leakyRelu = defineActivation({
  name: "leaky_relu",
  doc: "Like relu, with a small slope below 0.",
  formula: "x where x >= 0, negative_slope * x elsewhere",
  example: "dense(64, leaky_relu(negative_slope: 0.1))",
  source:
    'Maas, Hannun, Ng 2013, "Rectifier Nonlinearities Improve Neural Network Acoustic Models"; default as in Keras',
  params: { negative_slope: real({ doc: "Slope below 0.", default: 0.3, min: 0 }) },
  range: ({ negative_slope }) => (negative_slope > 0 ? anyNumber : { min: 0, max: Number.POSITIVE_INFINITY }),
  isLinear: ({ negative_slope }) => negative_slope === 1,
  build: (b, x, { negative_slope }) =>
    b.select(b.compare(x, "GE", b.like(x, 0)), x, b.multiply(x, b.like(x, negative_slope))),
});
