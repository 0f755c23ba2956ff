// The softsign activation.

import { defineActivation } from "./activation.ts";

export const softsign = defineActivation({
  name: "softsign",
  doc: "Like tanh, with slower tails.",
  formula: "x / (1 + |x|)",
  example: "dense(64, softsign)",
  source: 'Turian, Bergstra, Bengio 2009, "Quadratic Features and Deep Architectures for Chunking"',
  params: {},
  range: () => ({ min: -1, max: 1 }),
  build: (b, x) => b.divide(x, b.add(b.abs(x), b.like(x, 1))),
});
