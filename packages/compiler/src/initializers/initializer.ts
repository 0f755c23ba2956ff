// What an initializer is: the start value of one weight, in operations of the IR.

import { type Args, type Documented, definer } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { Sampler } from "../random/sampling.ts";

export interface Initializer extends Documented {
  readonly build: (b: Builder, sampler: Sampler, shape: readonly number[], args: Args) => Value;
}

export const defineInitializer = definer<Initializer>({});
