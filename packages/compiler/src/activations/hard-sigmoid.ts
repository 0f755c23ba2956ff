// The hard_sigmoid activation, which hard_swish uses as well.

import type { Builder, Value } from "@netwright/ir";
import { defineActivation } from "./activation.ts";

export function hardSigmoidOf(b: Builder, x: Value): Value {
  const line = b.add(b.multiply(x, b.like(x, 1 / 6)), b.like(x, 0.5));
  return b.minimum(b.maximum(line, b.like(x, 0)), b.like(x, 1));
}

export const hardSigmoid = defineActivation({
  name: "hard_sigmoid",
  doc: "Piecewise linear approximation of the sigmoid.",
  formula: "min(max(x / 6 + 1/2, 0), 1)",
  example: "dense(1, hard_sigmoid)",
  source: 'Courbariaux, Bengio, David 2015, "BinaryConnect"; slope as in Keras',
  params: {},
  range: () => ({ min: 0, max: 1 }),
  build: hardSigmoidOf,
});
