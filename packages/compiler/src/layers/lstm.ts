// Long short-term memory: beside its output a cell has a state that gates write, forget and read.

import { flag } from "@netwright/definitions";
import { at } from "@netwright/ir";
import { defineLayer } from "./layer.ts";
import { partOf, recurrent } from "./recurrent.ts";
import {
  gateParams,
  recurrentMask,
  recurrentOutput,
  recurrentParams,
  recurrentParts,
  recurrentRandom,
  recurrentVariables,
  unitParams,
} from "./recurrent-params.ts";

export const lstm = defineLayer({
  name: "lstm",
  doc: "Goes through a sequence step by step and remembers over many of them: gates say what is taken into its state, what of that is kept, and what is given as output. At a step that is padding nothing changes.",
  formula:
    "[i, f, g, o] = x_t kernel + h_(t-1) recurrent_kernel + bias; c_t = s(f) c_(t-1) + s(i) activation(g); h_t = s(o) activation(c_t), with s the recurrent_activation, h_0 = c_0 = 0",
  example: "lstm(32)",
  source: 'Keras, `LSTM`; Hochreiter, Schmidhuber 1997, "Long Short-Term Memory"',
  params: {
    ...unitParams,
    ...gateParams,
    ...recurrentParams,
    unit_forget_bias: flag({
      doc: "Whether the bias of the gate that forgets starts with 1, so that at first the state is kept: Jozefowicz, Zaremba, Sutskever 2015.",
      default: true,
    }),
  },
  output: recurrentOutput("lstm"),
  // The gates bend, whatever the activation.
  parts: (args) => ({ ...recurrentParts(args), bends: true }),
  variables: ([type], args) => {
    const { units, bias_initializer: initializer, unit_forget_bias } = args;
    const starts = [
      { width: units, initializer },
      { width: units, initializer: { name: "ones", args: {} } },
      { width: 2 * units, initializer },
    ];
    return recurrentVariables(type, args, 4, unit_forget_bias ? { starts } : {});
  },
  mask: recurrentMask,
  random: recurrentRandom,
  build: (context, [x], args) =>
    recurrent(context, x, args, {
      bias: args.use_bias ? context.variable("bias") : null,
      shared: [context.variable("recurrent_kernel")],
      states: 2,
      step: ({ b, activate }, { input, before, states, shared }) => {
        const sums = b.add(input, b.matmul(before, at(shared, 0)));
        const gate = (index: number) => activate(args.recurrent_activation, partOf(b, sums, 4, index));
        const written = b.multiply(gate(0), activate(args.activation, partOf(b, sums, 4, 2)));
        const state = b.add(b.multiply(gate(1), at(states, 1)), written);
        return [b.multiply(gate(3), activate(args.activation, state)), state];
      },
    }),
});
