// The selu activation. Source: Klambauer et al. 2017, "Self-Normalizing Neural Networks", which gives the
// two constants of `SELU`.

import { SELU } from "@netwright/definitions";
import { defineActivation } from "./activation.ts";

const { alpha: ALPHA, scale: SCALE } = SELU;

export const selu = defineActivation({
  name: "selu",
  doc: "Scaled exponential linear unit: keeps mean 0 and variance 1 through deep networks with lecun_normal.",
  formula: "1.0507 * (x where x > 0, 1.6733 * (exp(x) - 1) elsewhere)",
  example: "dense(64, selu, kernel_initializer: lecun_normal)",
  source: 'Klambauer et al. 2017, "Self-Normalizing Neural Networks"',
  params: {},
  range: () => ({ min: -ALPHA * SCALE, max: Number.POSITIVE_INFINITY }),
  build: (b, x) => {
    const zero = b.like(x, 0);
    const positive = b.compare(x, "GT", zero);
    // As in elu.
    const negative = b.multiply(b.exponentialMinusOne(b.select(positive, zero, x)), b.like(x, ALPHA * SCALE));
    return b.select(positive, b.multiply(x, b.like(x, SCALE)), negative);
  },
});
