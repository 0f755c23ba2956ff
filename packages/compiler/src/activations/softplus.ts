// The softplus activation and its stable form, which log_cosh uses as well.

import type { Builder, Value } from "@netwright/ir";
import { defineActivation } from "./activation.ts";

/**
 * log(1 + e^x) as max(x, 0) + log1p(e^-|x|), which does not overflow. Not by `maximum` and `abs`, whose gradients at
 * 0 are 0: there the slope is 1/2.
 */
export function softplusOf(b: Builder, x: Value): Value {
  const positive = b.compare(x, "GT", b.like(x, 0));
  const small = b.select(positive, b.negate(x), x);
  return b.add(b.select(positive, x, b.like(x, 0)), b.logPlusOne(b.exponential(small)));
}

export const softplus = defineActivation({
  name: "softplus",
  doc: "Smooth approximation of relu, always positive.",
  formula: "log(1 + exp(x))",
  example: "dense(1, softplus)",
  source: 'Dugas et al. 2001, "Incorporating Second-Order Functional Knowledge for Better Option Pricing"',
  params: {},
  range: () => ({ min: 0, max: Number.POSITIVE_INFINITY }),
  build: softplusOf,
});
