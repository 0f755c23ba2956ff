// What a regularizer is: a penalty on one weight that is added to the training loss.

import { type Args, type Documented, definer } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";

export interface Regularizer extends Documented {
  /** The penalty, an f32 scalar. */
  readonly build: (b: Builder, weight: Value, args: Args) => Value;
}

export const defineRegularizer = definer<Regularizer>({});
