// The gated recurrent unit: gates say how much of its output stays, and how much of it goes into what is new.

import { flag } from "@netwright/definitions";
import { at, type Builder, type Value } from "@netwright/ir";
import { defineLayer, type LayerContext, type StepContext } from "./layer.ts";
import { type Cell, partOf, recurrent } from "./recurrent.ts";
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

export const gru = defineLayer({
  name: "gru",
  doc: "Goes through a sequence step by step and remembers over many of them, with a gate and a state less than an `lstm`. At a step that is padding nothing changes.",
  formula:
    "[z, r, n] = x_t kernel + bias, [u, v, w] = h_(t-1) recurrent_kernel + recurrent bias; h_t = s(z + u) h_(t-1) + (1 - s(z + u)) activation(n + s(r + v) w), with s the recurrent_activation, h_0 = 0; without reset_after w is s(r + v) h_(t-1) times its part of the recurrent_kernel, and there is one bias",
  example: "gru(32)",
  source:
    'Keras, `GRU`; Cho and others 2014, "Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation"',
  params: {
    ...unitParams,
    ...gateParams,
    ...recurrentParams,
    reset_after: flag({
      doc: "Whether the gate that resets comes behind the product with the recurrent kernel, and not before it.",
      default: true,
    }),
  },
  output: recurrentOutput("gru"),
  // The gates bend, whatever the activation.
  parts: (args) => ({ ...recurrentParts(args), bends: true }),
  variables: ([type], args) =>
    recurrentVariables(type, args, 3, args.reset_after ? { shape: [2, 3 * args.units] } : {}),
  mask: recurrentMask,
  random: recurrentRandom,
  build: (context, [x], args) => {
    const gates: Gates = {
      activate: ({ activate }, sums) => activate(args.recurrent_activation, sums),
      output: ({ activate }, sums) => activate(args.activation, sums),
    };
    const cell = args.reset_after
      ? resetAfter(context, args.use_bias, gates)
      : resetBefore(context, args.use_bias, gates);
    return recurrent(context, x, args, cell);
  },
});

interface Gates {
  readonly activate: (context: StepContext, sums: Value) => Value;
  readonly output: (context: StepContext, sums: Value) => Value;
}

function resetAfter({ b, variable }: LayerContext, useBias: boolean, gates: Gates): Cell {
  const kernel = variable("recurrent_kernel");
  const biases = useBias ? variable("bias") : null;
  return {
    bias: biases === null ? null : row(b, biases, 0),
    shared: biases === null ? [kernel] : [kernel, row(b, biases, 1)],
    states: 1,
    step: (context, { input, before, states, shared }) => {
      const { b: inner } = context;
      const product = inner.matmul(before, at(shared, 0));
      const bias = shared[1];
      const sums =
        bias === undefined
          ? product
          : inner.add(product, inner.broadcastInDim(bias, product.type.shape, [1]));
      const gate = (i: number) =>
        gates.activate(context, inner.add(partOf(inner, input, 3, i), partOf(inner, sums, 3, i)));
      const reset = inner.multiply(gate(1), partOf(inner, sums, 3, 2));
      const made = gates.output(context, inner.add(partOf(inner, input, 3, 2), reset));
      return [blend(inner, gate(0), at(states, 0), made)];
    },
  };
}

function resetBefore({ b, variable }: LayerContext, useBias: boolean, gates: Gates): Cell {
  const kernel = variable("recurrent_kernel");
  return {
    bias: useBias ? variable("bias") : null,
    shared: [partOf(b, kernel, 3, 0, 2), partOf(b, kernel, 3, 2)],
    states: 1,
    step: (context, { input, before, states, shared }) => {
      const { b: inner } = context;
      const sums = inner.add(partOf(inner, input, 3, 0, 2), inner.matmul(before, at(shared, 0)));
      const gate = (i: number) => gates.activate(context, partOf(inner, sums, 2, i));
      const reset = inner.matmul(inner.multiply(gate(1), before), at(shared, 1));
      const made = gates.output(context, inner.add(partOf(inner, input, 3, 2), reset));
      return [blend(inner, gate(0), at(states, 0), made)];
    },
  };
}

function blend(b: Builder, share: Value, before: Value, made: Value): Value {
  return b.add(b.multiply(share, before), b.multiply(b.subtract(b.like(share, 1), share), made));
}

function row(b: Builder, x: Value, index: number): Value {
  const [, width = 0] = x.type.shape;
  return b.reshape(b.slice(x, [index, 0], [index + 1, width]), [width]);
}
