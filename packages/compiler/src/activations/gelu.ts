// The gelu activation, exact form. Source: Hendrycks, Gimpel 2016.

import { defineActivation } from "./activation.ts";

export const gelu = defineActivation({
  name: "gelu",
  doc: "Gaussian error linear unit: the input weighted by the normal distribution function.",
  formula: "x * (1 + erf(x / sqrt(2))) / 2",
  example: "dense(64, gelu)",
  source: 'Hendrycks, Gimpel 2016, "Gaussian Error Linear Units", in its exact form',
  params: {},
  range: () => ({ min: -0.1699712074799, max: Number.POSITIVE_INFINITY }),
  build: (b, x) => {
    const weight = b.add(b.erf(b.multiply(x, b.like(x, Math.SQRT1_2))), b.like(x, 1));
    return b.multiply(b.multiply(x, b.like(x, 0.5)), weight);
  },
});
