// The dense layer: a matrix product with a bias and an activation, over the last dimension.

import { flag, instance, integer, optional } from "@netwright/definitions";
import { defineLayer } from "./layer.ts";

const regularizer = (doc: string) => optional(instance({ family: "regularizer", doc }));

export const dense = defineLayer({
  name: "dense",
  doc: "Fully connected: every output is a weighted sum of all inputs.",
  formula: "activation(x kernel + bias)",
  example: "dense(64, relu)",
  source: "Keras, `Dense`",
  params: {
    units: integer({ doc: "Number of outputs.", min: 1 }),
    activation: instance({ family: "activation", doc: "Applied to each output.", default: "linear" }),
    use_bias: flag({ doc: "Whether a bias is added.", default: true }),
    kernel_initializer: instance({
      family: "initializer",
      doc: "Start values of the kernel.",
      default: "glorot_uniform",
    }),
    bias_initializer: instance({ family: "initializer", doc: "Start values of the bias.", default: "zeros" }),
    kernel_regularizer: regularizer("Penalty on the kernel."),
    bias_regularizer: regularizer("Penalty on the bias."),
  },
  outputShape: (input, { units }) =>
    input.length === 0
      ? { problem: "dense needs at least one dimension, but its input is a single number" }
      : [...input.slice(0, -1), units],
  parts: ({ activation }) => ({ weighted: true, activation, trainingOnly: false }),
  weights: (input, args) => [
    {
      name: "kernel",
      shape: [input.at(-1) ?? 1, args.units],
      initializer: args.kernel_initializer,
      regularizer: args.kernel_regularizer,
    },
    ...(args.use_bias
      ? [
          {
            name: "bias",
            shape: [args.units],
            initializer: args.bias_initializer,
            regularizer: args.bias_regularizer,
          },
        ]
      : []),
  ],
  build: ({ b, weight, activate }, x, { activation, use_bias }) => {
    const product = b.matmul(x, weight("kernel"));
    const { shape } = product.type;
    const linear = use_bias
      ? b.add(product, b.broadcastInDim(weight("bias"), shape, [shape.length - 1]))
      : product;
    return activate(activation, linear);
  },
});
