// A moving average of the weights over the updates, after everything else. Source: Polyak, Juditsky 1992; as `use_ema`
// and `ema_momentum` of Keras: average = momentum * average + (1 - momentum) * w, and w itself after the first update.

import type { Builder, Value } from "@netwright/ir";

/** `t` is the number of this update from 1, an f32 scalar. */
export function averaged(b: Builder, average: Value, weight: Value, momentum: number, t: Value): Value {
  const one = b.scalar(1);
  const past = b.select(b.compare(t, "EQ", one), b.scalar(0), b.scalar(momentum));
  const share = (scalar: Value): Value => b.spread(scalar, weight.type.shape);
  return b.add(b.multiply(average, share(past)), b.multiply(weight, share(b.subtract(one, past))));
}
