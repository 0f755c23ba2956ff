// The dense layer: a matrix product with a bias and an activation, over the last dimension.

import { choice, integer } from "@netwright/definitions";
import { biasOf, kernelParams, withBias } from "./kernel-and-bias.ts";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { weight } from "./variables.ts";

export const dense = defineLayer({
  name: "dense",
  doc: "Fully connected: every output is a weighted sum of all inputs.",
  formula: "activation(x kernel + bias); with ntk activation(x kernel / sqrt(inputs) + bias)",
  example: "dense(64, relu)",
  source:
    'Keras, `Dense`; `ntk`: Jacot, Gabriel, Hongler 2018, "Neural Tangent Kernel: Convergence and Generalization in Neural Networks"',
  params: {
    units: integer({ doc: "Number of outputs.", min: 1 }),
    ...kernelParams,
    parametrization: choice({
      doc: "`ntk` divides the sums by the square root of the number of inputs; with `kernel_initializer: random_normal(stddev: 1)` one learning rate then suits layers of any width.",
      values: ["standard", "ntk"],
      default: "standard",
    }),
  },
  output: onNumbers((shape, { units }) =>
    shape.length === 0
      ? { problem: "dense needs at least one dimension, but its input is a single number" }
      : [...shape.slice(0, -1), units],
  ),
  parts: ({ activation }) => ({ ...apartParts, weighted: true, activation }),
  variables: ([{ shape }], args) => [
    weight(
      "kernel",
      [shape.at(-1) ?? 1, args.units],
      args.kernel_initializer,
      args.kernel_regularizer,
      args.kernel_constraint,
    ),
    ...biasOf(args.units, args),
  ],
  build: (context, [x], args) => {
    const { b, variable } = context;
    const sums = b.matmul(x, variable("kernel"));
    const inputs = x.type.shape.at(-1) ?? 1;
    const isScaled = args.parametrization === "ntk";
    return withBias(context, isScaled ? b.multiply(sums, b.like(sums, 1 / Math.sqrt(inputs))) : sums, args);
  },
});
