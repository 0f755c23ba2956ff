// The activations that make small numbers 0: hard_shrink leaves the others as they are, soft_shrink moves them towards 0.

import { anyNumber, real } from "@netwright/definitions";
import { defineActivation } from "./activation.ts";

const params = {
  threshold: real({ doc: "The largest distance from 0 that becomes 0.", default: 0.5, min: 0 }),
};

export const hardShrink = defineActivation({
  name: "hard_shrink",
  doc: "Numbers near 0 become 0, all others stay.",
  formula: "x where |x| > threshold, else 0",
  example: "dense(64, hard_shrink(threshold: 0.2))",
  source: "Keras, `hard_shrink`; the hard threshold of Donoho, Johnstone 1994",
  params,
  range: () => anyNumber,
  isLinear: ({ threshold }) => threshold === 0,
  build: (b, x, { threshold }) => b.select(b.compare(b.abs(x), "GT", b.like(x, threshold)), x, b.like(x, 0)),
});

export const softShrink = defineActivation({
  name: "soft_shrink",
  doc: "Numbers near 0 become 0, all others move towards it by as much.",
  formula: "x - threshold where x > threshold, x + threshold where x < -threshold, else 0",
  example: "dense(64, soft_shrink(threshold: 0.2))",
  source: "Keras, `soft_shrink`; the soft threshold of Donoho, Johnstone 1994",
  params,
  range: () => anyNumber,
  isLinear: ({ threshold }) => threshold === 0,
  build: (b, x, { threshold }) => {
    const [low, high] = [b.like(x, -threshold), b.like(x, threshold)];
    const below = b.select(b.compare(x, "LT", low), b.add(x, high), b.like(x, 0));
    return b.select(b.compare(x, "GT", high), b.subtract(x, high), below);
  },
});
