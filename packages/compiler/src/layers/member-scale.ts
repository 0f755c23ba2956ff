// What distinguishes members of an ensemble that share a layer: a factor of each number, and an offset, for each member.

import { flag } from "@netwright/definitions";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";
import { withMembers } from "./with-members.ts";

export const memberScale = defineLayer({
  name: "member_scale",
  doc:
    "Multiplies each number with a factor that every member of an ensemble learns for itself. Around a `dense` that all " +
    "members share it makes another layer of it for each; behind one without a bias, `use_bias` gives every member its own.",
  formula: "y[i] = scale[i] x[i] + bias[i] for each member i, by the numbers of the last size",
  example:
    "members(4) -> member_scale(scale_initializer: random_sign) -> dense(8, use_bias: false) -> member_scale(use_bias: true)",
  source:
    'Wen, Tran, Ba 2020, "BatchEnsemble: An Alternative Approach to Efficient Ensemble and Lifelong Learning", equation 5',
  params: {
    use_bias: flag({ doc: "Whether each member adds an offset.", default: false }),
    scale_initializer: initializer("Start values of the factors.", "ones"),
    bias_initializer: initializer("Start values of the offsets.", "zeros"),
    scale_regularizer: regularizer("Penalty on the factors."),
    bias_regularizer: regularizer("Penalty on the offsets."),
    scale_constraint: constraint("What the factors are brought back to after every update."),
    bias_constraint: constraint("What the offsets are brought back to after every update."),
  },
  output: onNumbers((shape) => withMembers("member_scale", shape, shape)),
  parts: () => ({ ...apartParts, free: true, perMember: true }),
  variables: ([{ shape }], args) => {
    const size = [shape[0] ?? 1, shape.at(-1) ?? 1];
    return [
      weight("scale", size, args.scale_initializer, args.scale_regularizer, args.scale_constraint),
      ...(args.use_bias
        ? [weight("bias", size, args.bias_initializer, args.bias_regularizer, args.bias_constraint)]
        : []),
    ];
  },
  build: ({ b, variable }, [x], { use_bias }) => {
    const { shape } = x.type;
    const over = (name: string) => b.broadcastInDim(variable(name), shape, [1, shape.length - 1]);
    const scaled = b.multiply(x, over("scale"));
    return use_bias ? b.add(scaled, over("bias")) : scaled;
  },
});
