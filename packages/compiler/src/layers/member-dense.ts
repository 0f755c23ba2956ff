// A dense layer for each member of an ensemble: a product of matrices for each, with a kernel and a bias of its own.

import { flag, instance, integer } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";
import { withMembers } from "./with-members.ts";

export const memberDense = defineLayer({
  name: "member_dense",
  doc:
    "Fully connected, for each member of an ensemble by itself: every member has its own kernel and its own bias, each " +
    "started as that of a `dense`. As the last layer it gives a prediction of every member.",
  formula: "y[i] = activation(x[i] kernel[i] + bias[i]) for each member i",
  example: "members(4) -> member_dense(3, relu)",
  source:
    'Gorishniy, Kotelnikov, Babenko 2025, "TabM: Advancing Tabular Deep Learning with Parameter-Efficient Ensembling"',
  params: {
    units: integer({ doc: "Number of outputs of each member.", min: 1 }),
    activation: instance({ family: "activation", doc: "Applied to each output.", default: "linear" }),
    use_bias: flag({ doc: "Whether a bias is added.", default: true }),
    kernel_initializer: initializer("Start values of the kernel of each member.", "glorot_uniform"),
    bias_initializer: initializer("Start values of the biases.", "zeros"),
    kernel_regularizer: regularizer("Penalty on the kernels."),
    bias_regularizer: regularizer("Penalty on the biases."),
    kernel_constraint: constraint("What the kernels are brought back to after every update."),
    bias_constraint: constraint("What the biases are brought back to after every update."),
  },
  output: onNumbers((shape, { units }) => withMembers("member_dense", shape, [...shape.slice(0, -1), units])),
  parts: ({ activation }) => ({ ...apartParts, weighted: true, activation, perMember: true }),
  variables: ([{ shape }], args) => {
    const [count = 1] = shape;
    const kernel = weight(
      "kernel",
      [count, shape.at(-1) ?? 1, args.units],
      args.kernel_initializer,
      args.kernel_regularizer,
      args.kernel_constraint,
    );
    return [
      { ...kernel, stacked: true },
      ...(args.use_bias
        ? [
            weight(
              "bias",
              [count, args.units],
              args.bias_initializer,
              args.bias_regularizer,
              args.bias_constraint,
            ),
          ]
        : []),
    ];
  },
  build: ({ b, variable, activate }, [x], { activation, use_bias }) => {
    const product = productOfEach(b, x, variable("kernel"));
    const { shape } = product.type;
    const linear = use_bias
      ? b.add(product, b.broadcastInDim(variable("bias"), shape, [1, shape.length - 1]))
      : product;
    return activate(activation, linear);
  },
});

/** [rows x members x ... x n] and [members x n x units] to [rows x members x ... x units]. */
function productOfEach(b: Builder, x: Value, kernels: Value): Value {
  const last = x.type.shape.length - 1;
  // The members come out first.
  const product = b.dotGeneral(x, kernels, {
    lhsBatching: [1],
    rhsBatching: [0],
    lhsContracting: [last],
    rhsContracting: [1],
  });
  return b.transpose(product, [1, 0, ...x.type.shape.slice(2).map((_, d) => d + 2)]);
}
