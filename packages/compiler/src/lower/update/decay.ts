// Weight decay, before the rule of the optimizer and independent of the gradient: w = w - rate * decay * w.

import type { Builder, Value } from "@netwright/ir";

/** `rate` is an f32 scalar, and so is a decay that changes. Part of the composite of an update, so that backends may run it in place. */
export function decayed(b: Builder, weight: Value, rate: Value, decay: number | Value): Value {
  if (decay === 0) return weight;
  const share = b.spread(
    b.multiply(rate, typeof decay === "number" ? b.scalar(decay) : decay),
    weight.type.shape,
  );
  return b.subtract(weight, b.multiply(weight, share));
}
