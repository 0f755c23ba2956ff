// The plain recurrent layer over [steps, numbers].

import { at } from "@netwright/ir";
import { defineLayer } from "./layer.ts";
import { recurrent } from "./recurrent.ts";
import {
  recurrentMask,
  recurrentOutput,
  recurrentParams,
  recurrentParts,
  recurrentRandom,
  recurrentVariables,
  unitParams,
} from "./recurrent-params.ts";

export const simpleRnn = defineLayer({
  name: "simple_rnn",
  doc: "Goes through a sequence step by step: the output of a step follows from its input and the output of the step before. At a step that is padding nothing changes.",
  formula: "h_t = activation(x_t kernel + h_(t-1) recurrent_kernel + bias), h_0 = 0",
  example: "simple_rnn(32)",
  source: 'Keras, `SimpleRNN`; Elman 1990, "Finding Structure in Time"',
  params: { ...unitParams, ...recurrentParams },
  output: recurrentOutput("simple_rnn"),
  parts: recurrentParts,
  variables: ([type], args) => recurrentVariables(type, args, 1),
  mask: recurrentMask,
  random: recurrentRandom,
  build: (context, [x], args) =>
    recurrent(context, x, args, {
      bias: args.use_bias ? context.variable("bias") : null,
      shared: [context.variable("recurrent_kernel")],
      states: 1,
      step: ({ b, activate }, { input, before, shared }) => [
        activate(args.activation, b.add(input, b.matmul(before, at(shared, 0)))),
      ],
    }),
});
