// What a constraint is: what a weight is brought back to after every update.

import { type Args, type Documented, definer } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";

export interface Constraint extends Documented {
  /** The weight, as it may be, nearest to what it is. */
  readonly build: (b: Builder, weight: Value, args: Args) => Value;
}

export const defineConstraint = definer<Constraint>({});
