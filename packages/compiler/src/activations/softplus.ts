// The softplus activation and its stable form, which mish and log_cosh use as well.

import type { Builder, Value } from "@netwright/ir";
import { defineActivation } from "./activation.ts";

/** log(1 + e^x) as max(x, 0) + log1p(e^-|x|), which does not overflow. */
export function softplusOf(b: Builder, x: Value): Value {
  return b.add(b.maximum(x, b.like(x, 0)), b.logPlusOne(b.exponential(b.negate(b.abs(x)))));
}

export const softplus = defineActivation({
  name: "softplus",
  doc: "Smooth approximation of relu, always positive.",
  formula: "log(1 + exp(x))",
  params: {},
  build: softplusOf,
});
