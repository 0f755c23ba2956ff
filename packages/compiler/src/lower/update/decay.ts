// Weight decay, before the rule of the optimizer and independent of the gradient: w = w - rate * decay * w.

import type { Builder, Value } from "@netwright/ir";
import { spreadOver } from "./by-member.ts";

/** `rate` is an f32 scalar or one for each member, and so is a decay that changes, as `rate` is. Part of the composite of an update, so that backends may run it in place. */
export function decayed(b: Builder, weight: Value, rate: Value, decay: number | Value): Value {
  if (decay === 0) return weight;
  const share = spreadOver(
    b,
    b.multiply(rate, typeof decay === "number" ? b.like(rate, decay) : decay),
    weight.type.shape,
  );
  return b.subtract(weight, b.multiply(weight, share));
}
