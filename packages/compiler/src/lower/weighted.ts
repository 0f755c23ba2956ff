// What rows count in a loss.

import type { Builder, Value } from "@netwright/ir";

/** Loss times weight. A row of weight 0 costs nothing, whatever its loss: it may stand for a row that is not there. */
export function weighted(b: Builder, losses: Value, weight: Value): Value {
  const zero = b.like(weight, 0);
  return b.select(b.compare(weight, "EQ", zero), zero, b.multiply(losses, weight));
}
