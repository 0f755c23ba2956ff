// The softsign activation.

import { defineActivation } from "./activation.ts";

export const softsign = defineActivation({
  name: "softsign",
  doc: "Like tanh, with slower tails.",
  formula: "x / (1 + |x|)",
  params: {},
  build: (b, x) => b.divide(x, b.add(b.abs(x), b.like(x, 1))),
});
