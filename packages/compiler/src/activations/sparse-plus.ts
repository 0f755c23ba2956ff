// The sparse_plus activation.

import { defineActivation } from "./activation.ts";

export const sparsePlus = defineActivation({
  name: "sparse_plus",
  doc: "Smooth approximation of relu that is 0 below -1 and its input above 1.",
  formula: "0 where x <= -1, (x + 1)^2 / 4 where -1 < x < 1, x elsewhere",
  example: "dense(64, sparse_plus)",
  source: "Keras, `sparse_plus`",
  params: {},
  range: () => ({ min: 0, max: Number.POSITIVE_INFINITY }),
  build: (b, x) => {
    const one = b.like(x, 1);
    const moved = b.add(x, one);
    const bend = b.multiply(b.multiply(moved, moved), b.like(x, 0.25));
    const above = b.select(b.compare(x, "LT", one), bend, x);
    return b.select(b.compare(x, "GT", b.like(x, -1)), above, b.like(x, 0));
  },
});
