// The squareplus activation.

import { real } from "@netwright/definitions";
import { defineActivation } from "./activation.ts";

export const squareplus = defineActivation({
  name: "squareplus",
  doc: "Smooth approximation of relu, always positive, without an exponential.",
  formula: "(x + sqrt(x^2 + b)) / 2",
  example: "dense(1, squareplus)",
  source: 'Barron 2021, "Squareplus: A Softplus-Like Algebraic Rectifier"',
  params: { b: real({ doc: "How far the bend around 0 reaches.", default: 4, above: 0 }) },
  range: () => ({ min: 0, max: Number.POSITIVE_INFINITY }),
  // Of -x it is b / 4 divided by that of x, which keeps the digits that the sum would lose below 0.
  build: (builder, x, { b }) => {
    const positive = builder.compare(x, "GT", builder.like(x, 0));
    const size = builder.select(positive, x, builder.negate(x));
    const root = builder.sqrt(builder.add(builder.multiply(x, x), builder.like(x, b)));
    const above = builder.multiply(builder.add(size, root), builder.like(x, 0.5));
    return builder.select(positive, above, builder.divide(builder.like(x, b / 4), above));
  },
});
