// What losses of two classes have in common: one number a row, that of the second class.

import type { Builder, Value } from "@netwright/ir";
import { sigmoid } from "../activations/sigmoid.ts";

/** [rows x 1] to the share of each class, [rows x 2]; that of the first by its own sigmoid, as 1 - p would lose small ones. */
export function sharesOfTwo(b: Builder, x: Value): Value {
  return b.concatenate([sigmoid.build(b, b.negate(x), {}), sigmoid.build(b, x, {})], 1);
}
