// The plain recurrent layer over [steps, numbers]. The products with the inputs of all steps are one product; the rest
// is a scan over the steps.

import { flag, instance, integer } from "@netwright/definitions";
import { tensor } from "@netwright/ir";
import { defineLayer, onNumbers, plainParts } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

export const simpleRnn = defineLayer({
  name: "simple_rnn",
  doc: "Goes through a sequence step by step: the output of a step follows from its input and the output of the step before.",
  formula: "h_t = activation(x_t kernel + h_(t-1) recurrent_kernel + bias), h_0 = 0",
  example: "simple_rnn(32)",
  source: 'Keras, `SimpleRNN`; Elman 1990, "Finding Structure in Time"',
  params: {
    units: integer({ doc: "Number of outputs.", min: 1 }),
    activation: instance({ family: "activation", doc: "Applied to each output.", default: "tanh" }),
    use_bias: flag({ doc: "Whether a bias is added.", default: true }),
    kernel_initializer: initializer("Start values of the kernel.", "glorot_uniform"),
    recurrent_initializer: initializer("Start values of the recurrent kernel.", "orthogonal"),
    bias_initializer: initializer("Start values of the bias.", "zeros"),
    kernel_regularizer: regularizer("Penalty on the kernel."),
    recurrent_regularizer: regularizer("Penalty on the recurrent kernel."),
    bias_regularizer: regularizer("Penalty on the bias."),
    kernel_constraint: constraint("What the kernel is brought back to after every update."),
    recurrent_constraint: constraint("What the recurrent kernel is brought back to after every update."),
    bias_constraint: constraint("What the bias is brought back to after every update."),
    return_sequences: flag({
      doc: "Whether the outputs of all steps are given, or the last.",
      default: false,
    }),
    go_backwards: flag({ doc: "Whether the last step comes first, also in the outputs.", default: false }),
  },
  output: onNumbers((shape, { units, return_sequences }) => {
    const [steps, , ...others] = shape;
    if (steps === undefined || shape.length < 2 || others.length > 0) {
      return {
        problem: `simple_rnn takes steps and numbers, and its input has ${shape.length === 1 ? "one size" : `${shape.length} sizes`}`,
        note: "A row of 20 steps with 3 numbers each is `input(20, 3)`.",
      };
    }
    return return_sequences ? [steps, units] : [units];
  }),
  parts: ({ activation }) => ({ ...plainParts, weighted: true, activation }),
  variables: ([{ shape }], args) => [
    weight(
      "kernel",
      [shape[1] ?? 1, args.units],
      args.kernel_initializer,
      args.kernel_regularizer,
      args.kernel_constraint,
    ),
    weight(
      "recurrent_kernel",
      [args.units, args.units],
      args.recurrent_initializer,
      args.recurrent_regularizer,
      args.recurrent_constraint,
    ),
    ...(args.use_bias
      ? [weight("bias", [args.units], args.bias_initializer, args.bias_regularizer, args.bias_constraint)]
      : []),
  ],
  build: ({ b, variable, scan }, [x], args) => {
    // Steps come first, so that the rows of each lie together.
    const product = b.matmul(b.transpose(x, [1, 0, 2]), variable("kernel"));
    const [length = 0, rows = 0, units = 0] = product.type.shape;
    const inputs = args.use_bias
      ? b.add(product, b.broadcastInDim(variable("bias"), product.type.shape, [2]))
      : product;
    const { carries, outputs } = scan(
      {
        carries: [b.fill(tensor("f32", [rows, units]), 0)],
        sequences: [inputs],
        shared: [variable("recurrent_kernel")],
        length,
        order: args.go_backwards ? "backwards" : "forwards",
      },
      ({ b: inner, activate }, { carries: [before], elements: [input], shared: [kernel] }) => {
        const next = activate(args.activation, inner.add(input, inner.matmul(before, kernel)));
        return { carries: [next], outputs: args.return_sequences ? [next] : [] };
      },
    );
    const [all] = outputs;
    if (all === undefined) return carries[0];
    return b.transpose(args.go_backwards ? b.reverse(all, [0]) : all, [1, 0, 2]);
  },
});
