// The hard_tanh activation.

import { defineActivation } from "./activation.ts";

export const hardTanh = defineActivation({
  name: "hard_tanh",
  doc: "Piecewise linear approximation of tanh.",
  formula: "min(max(x, -1), 1)",
  example: "dense(1, hard_tanh)",
  source: 'Collobert 2004, "Large Scale Machine Learning"',
  params: {},
  range: () => ({ min: -1, max: 1 }),
  // Not by `minimum` and `maximum`, whose gradient at the ends is 0: there the slope is 1.
  build: (b, x) => {
    const [least, most] = [b.like(x, -1), b.like(x, 1)];
    return b.select(b.compare(x, "GT", most), most, b.select(b.compare(x, "LT", least), least, x));
  },
});
