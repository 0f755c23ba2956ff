// What a regularizer is: a penalty on one weight that is added to the training loss.

import type { Args, ArgsOf, Documentation, Documented, Params } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";

export interface Regularizer extends Documented {
  /** The penalty, an f32 scalar. */
  readonly build: (b: Builder, weight: Value, args: Args) => Value;
}

interface RegularizerSpec<P extends Params> extends Documentation {
  readonly name: string;
  readonly params: P;
  readonly build: (b: Builder, weight: Value, args: ArgsOf<P>) => Value;
}

/** Keeps the argument types for `build` and forgets them for the table: the resolver has checked the arguments. */
export function defineRegularizer<P extends Params>(spec: RegularizerSpec<P>): Regularizer {
  return { ...spec, build: (b, weight, args) => spec.build(b, weight, args as ArgsOf<P>) };
}
