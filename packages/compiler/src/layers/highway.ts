// The highway layer: each number is what a dense layer makes of its input, or what it was, as a gate says.

import { flag, instance, real } from "@netwright/definitions";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

export const highway = defineLayer({
  name: "highway",
  doc: "Mixes its input with what a dense layer of the same width makes of it, by a gate for each number that is learnt and at the start lets most of the input through.",
  formula: "t activation(x kernel + bias) + (1 - t) x, t = sigmoid(x transform_kernel + transform_bias)",
  example: "highway",
  source:
    'Srivastava, Greff, Schmidhuber 2015, "Highway Networks"; defaults as in Keras 1, `Highway`, but relu',
  params: {
    activation: instance({ family: "activation", doc: "Applied to each sum.", default: "relu" }),
    use_bias: flag({ doc: "Whether a bias is added before the activation.", default: true }),
    transform_bias: real({
      doc: "Where the bias of the gates starts: the more negative, the more of the input passes.",
      default: -2,
    }),
    kernel_initializer: initializer("Start values of the kernel.", "glorot_uniform"),
    transform_initializer: initializer("Start values of the kernel of the gates.", "glorot_uniform"),
    bias_initializer: initializer("Start values of the bias.", "zeros"),
    kernel_regularizer: regularizer("Penalty on both kernels."),
    bias_regularizer: regularizer("Penalty on both biases."),
    kernel_constraint: constraint("What both kernels are brought back to after every update."),
    bias_constraint: constraint("What both biases are brought back to after every update."),
  },
  output: onNumbers((shape) =>
    shape.length === 0
      ? { problem: "highway needs at least one size, and its input is a single number" }
      : shape,
  ),
  // The input passes beside the sums, so that these are none that a layer before or behind could take over.
  parts: () => ({ ...apartParts, free: true, bends: true }),
  variables: ([{ shape }], args) => {
    const width = shape.at(-1) ?? 1;
    const start = { name: "constant", args: { value: args.transform_bias } };
    const kernel = (name: string, from: typeof args.kernel_initializer) =>
      weight(name, [width, width], from, args.kernel_regularizer, args.kernel_constraint);
    const bias = (name: string) =>
      weight(name, [width], args.bias_initializer, args.bias_regularizer, args.bias_constraint);
    return [
      kernel("kernel", args.kernel_initializer),
      kernel("transform_kernel", args.transform_initializer),
      ...(args.use_bias ? [bias("bias")] : []),
      { ...bias("transform_bias"), initializer: start },
    ];
  },
  build: ({ b, variable, activate }, [x], { activation, use_bias }) => {
    const { shape } = x.type;
    const plus = (sums: typeof x, bias: string) =>
      b.add(sums, b.broadcastInDim(variable(bias), shape, [shape.length - 1]));
    const sums = b.matmul(x, variable("kernel"));
    const made = activate(activation, use_bias ? plus(sums, "bias") : sums);
    const gate = b.logistic(plus(b.matmul(x, variable("transform_kernel")), "transform_bias"));
    return b.add(x, b.multiply(gate, b.subtract(made, x)));
  },
});
