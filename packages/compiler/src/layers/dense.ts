// The dense layer: a matrix product with a bias and an activation, over the last dimension.

import { choice, flag, instance, integer } from "@netwright/definitions";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

export const dense = defineLayer({
  name: "dense",
  doc: "Fully connected: every output is a weighted sum of all inputs.",
  formula: "activation(x kernel + bias); with ntk activation(x kernel / sqrt(inputs) + bias)",
  example: "dense(64, relu)",
  source:
    'Keras, `Dense`; `ntk`: Jacot, Gabriel, Hongler 2018, "Neural Tangent Kernel: Convergence and Generalization in Neural Networks"',
  params: {
    units: integer({ doc: "Number of outputs.", min: 1 }),
    activation: instance({ family: "activation", doc: "Applied to each output.", default: "linear" }),
    use_bias: flag({ doc: "Whether a bias is added.", default: true }),
    kernel_initializer: initializer("Start values of the kernel.", "glorot_uniform"),
    bias_initializer: initializer("Start values of the bias.", "zeros"),
    kernel_regularizer: regularizer("Penalty on the kernel."),
    bias_regularizer: regularizer("Penalty on the bias."),
    kernel_constraint: constraint("What the kernel is brought back to after every update."),
    bias_constraint: constraint("What the bias is brought back to after every update."),
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
    ...(args.use_bias
      ? [weight("bias", [args.units], args.bias_initializer, args.bias_regularizer, args.bias_constraint)]
      : []),
  ],
  build: ({ b, variable, activate }, [x], { activation, use_bias, parametrization }) => {
    const sums = b.matmul(x, variable("kernel"));
    const inputs = x.type.shape.at(-1) ?? 1;
    const product = parametrization === "ntk" ? b.multiply(sums, b.like(sums, 1 / Math.sqrt(inputs))) : sums;
    const { shape } = product.type;
    const linear = use_bias
      ? b.add(product, b.broadcastInDim(variable("bias"), shape, [shape.length - 1]))
      : product;
    return activate(activation, linear);
  },
});
