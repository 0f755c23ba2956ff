// Gated linear units: one half of the numbers says how much of the other half passes.

import { instance } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { apartParts, defineLayer, type LayerContext, onNumbers } from "./layer.ts";

const halved = (name: string) =>
  onNumbers((shape) => {
    const size = shape.at(-1);
    if (size !== undefined && size % 2 === 0) return [...shape.slice(0, -1), size / 2];
    return {
      problem: `${name} needs an even number of inputs, half of them for the gate, and has ${size ?? "a single number"}`,
      note: "A gate for 8 numbers takes `dense(16)` before it.",
    };
  });

/** Not a sum of several, and yet with any number as its result. */
const parts = () => ({ ...apartParts, free: true, bends: true }) as const;

/** The first half of the last size, times what `gate` makes of the second. */
function gated({ b }: LayerContext, x: Value, gate: (half: Value) => Value): Value {
  const { shape } = x.type;
  const half = (shape.at(-1) ?? 0) / 2;
  const part = (from: number) =>
    b.slice(
      x,
      shape.map((_, d) => (d === shape.length - 1 ? from : 0)),
      [...shape.slice(0, -1), from + half],
    );
  return b.multiply(part(0), gate(part(half)));
}

export const glu = defineLayer({
  name: "glu",
  doc: "Lets pass of the first half of its numbers what the second half says, and gives half as many.",
  formula: "a * activation(b), where x = [a, b] along the last size",
  example: "dense(16) -> glu",
  source:
    'Keras, `glu`; Dauphin et al. 2017, "Language Modeling with Gated Convolutional Networks"; other activations: Shazeer 2020, "GLU Variants Improve Transformer"',
  params: {
    activation: instance({
      family: "activation",
      doc: "What makes a gate of the second half: `gelu` and `relu` give GEGLU and ReGLU.",
      default: "sigmoid",
    }),
  },
  output: halved("glu"),
  parts,
  build: (context, [x], args) => gated(context, x, (half) => context.activate(args.activation, half)),
});

export const swiglu = defineLayer({
  name: "swiglu",
  doc: "A gated linear unit with swish in the place of the sigmoid, as transformers have it.",
  formula: "a * swish(b), where x = [a, b] along the last size",
  example: "dense(16) -> swiglu",
  source: 'Shazeer 2020, "GLU Variants Improve Transformer"',
  params: {},
  output: halved("swiglu"),
  parts,
  build: (context, [x]) => gated(context, x, (half) => context.b.multiply(half, context.b.logistic(half))),
});
