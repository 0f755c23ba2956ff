// A recurrent layer in both directions, each with weights of its own.

import {
  type Args,
  byName,
  choice,
  instance,
  isShapeProblem,
  lookUp,
  numbersOf,
  type ValueType,
} from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { gru } from "./gru.ts";
import { defineLayer, plainParts } from "./layer.ts";
import { lstm } from "./lstm.ts";
import { simpleRnn } from "./simple-rnn.ts";

const recurrent = byName([simpleRnn, lstm, gru]);

export const bidirectional = defineLayer({
  name: "bidirectional",
  doc: "Goes through a sequence twice, from the first step on and from the last on, each way with weights of its own, so that every step knows what is before it and what is behind it. Outputs of steps that are padding are 0.",
  formula: "[forward(x), backward(x)]; with sum, ave or mul their sum, mean or product",
  example: "bidirectional(lstm(16))",
  source: 'Keras, `Bidirectional`; Schuster, Paliwal 1997, "Bidirectional Recurrent Neural Networks"',
  params: {
    layer: instance({ family: "layer", doc: "The recurrent layer: `simple_rnn`, `lstm` or `gru`." }),
    merge_mode: choice({
      doc: "How the outputs of both directions come together.",
      values: ["concat", "sum", "ave", "mul"],
      default: "concat",
    }),
  },
  output: (inputs, args) => {
    const inside = recurrent.get(args.layer.name);
    if (inside === undefined) {
      return {
        problem: `bidirectional takes a recurrent layer, and \`${args.layer.name}\` is none`,
        note: "`simple_rnn`, `lstm` and `gru` are recurrent, as in `bidirectional(lstm(16))`.",
      };
    }
    const one = inside.output(inputs, args.layer.args);
    if (isShapeProblem(one) || args.merge_mode !== "concat") return one;
    return { ...one, shape: one.shape.map((size, d) => (d === one.shape.length - 1 ? 2 * size : size)) };
  },
  parts: ({ layer, merge_mode }) => {
    const own = recurrent.get(layer.name)?.parts(layer.args) ?? plainParts;
    return merge_mode === "concat" ? own : { ...own, activation: null, bends: true };
  },
  variables: (inputs, { layer }) =>
    (["forward", "backward"] as const).flatMap((direction) =>
      lookUp(recurrent, layer.name)
        .variables(inputs, layer.args)
        .map((variable) => ({ ...variable, name: nameOf(direction, variable.name) })),
    ),
  mask: (context, inputs, { layer }) =>
    lookUp(recurrent, layer.name).mask?.(context, inputs, layer.args) ?? null,
  random: ({ layer }) => recurrent.get(layer.name)?.random(layer.args) ?? false,
  build: (context, inputs, { layer: { name, args }, merge_mode }) => {
    const { b, variable } = context;
    const layer = lookUp(recurrent, name);
    const output = merge_mode === "concat" ? halfOf(context.output) : context.output;
    const inDirection = (direction: Direction, own: Args): Value =>
      layer.build(
        { ...context, output, variable: (weight) => variable(nameOf(direction, weight)) },
        inputs,
        own,
      );
    const forward = inDirection("forward", args);
    const turned = inDirection("backward", { ...args, go_backwards: args["go_backwards"] !== true });
    if (args["return_sequences"] !== true) return merge[merge_mode](b, forward, turned);
    // In the order of the other direction, so that the outputs of a step meet.
    const merged = merge[merge_mode](b, forward, b.reverse(turned, [1]));
    const there = layer.mask?.(context, inputs, args) ?? null;
    if (there === null) return merged;
    return b.select(b.broadcastInDim(there, merged.type.shape, [0, 1]), merged, b.like(merged, 0));
  },
});

type Direction = "forward" | "backward";

/** Of two joined along their last size what one of them is. */
function halfOf({ shape }: ValueType): ValueType {
  return numbersOf(shape.map((size, d) => (d === shape.length - 1 ? size / 2 : size)));
}

function nameOf(direction: Direction, variable: string): string {
  return `${direction}_${variable}`;
}

const merge: Readonly<
  Record<"concat" | "sum" | "ave" | "mul", (b: Builder, forward: Value, backward: Value) => Value>
> = {
  concat: (b, forward, backward) => b.concatenate([forward, backward], forward.type.shape.length - 1),
  sum: (b, forward, backward) => b.add(forward, backward),
  ave: (b, forward, backward) => b.multiply(b.add(forward, backward), b.like(forward, 0.5)),
  mul: (b, forward, backward) => b.multiply(forward, backward),
};
