// The mish activation. Source: Misra 2019.

import { defineActivation } from "./activation.ts";

/** From here on tanh(log(1 + e^x)) is 1 in float32, and e^2x still far from the largest number. */
const FLAT = 20;

export const mish = defineActivation({
  name: "mish",
  doc: "Smooth and non-monotonic, close to swish.",
  formula: "x * tanh(log(1 + exp(x)))",
  example: "dense(64, mish)",
  source: 'Misra 2019, "Mish: A Self Regularized Non-Monotonic Activation Function"',
  params: {},
  range: () => ({ min: -0.30884341301725, max: Number.POSITIVE_INFINITY }),
  // tanh(log(1 + e)) is (e^2 + 2 e) / (e^2 + 2 e + 2): one function of e^x in the place of three, and nothing cancels out.
  build: (b, x) => {
    const e = b.exponential(b.minimum(x, b.like(x, FLAT)));
    const part = b.multiply(e, b.add(e, b.like(e, 2)));
    return b.multiply(x, b.divide(part, b.add(part, b.like(part, 2))));
  },
});
