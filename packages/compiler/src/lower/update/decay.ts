// Weight decay, before the rule of the optimizer and independent of the gradient: w = w - rate * decay * w.

import type { Builder, Value } from "@netwright/ir";

/** `rate` is an f32 scalar. Part of the composite of an update, so that backends may run it in place. */
export function decayed(b: Builder, weight: Value, rate: Value, decay: number): Value {
  if (decay === 0) return weight;
  const share = b.spread(b.multiply(rate, b.scalar(decay)), weight.type.shape);
  return b.subtract(weight, b.multiply(weight, share));
}
