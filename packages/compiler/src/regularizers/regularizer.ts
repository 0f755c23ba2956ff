// What a regularizer is: a penalty on one weight that is added to the training loss.

import type { Builder, Value } from "@netwright/ir";
import type { Args, ArgsOf, Definition, Params } from "@netwright/lang";

export interface Regularizer extends Definition {
  /** The penalty, an f32 scalar. */
  readonly build: (b: Builder, weight: Value, args: Args) => Value;
}

interface RegularizerSpec<P extends Params> {
  readonly name: string;
  readonly doc: string;
  readonly formula: string;
  readonly params: P;
  readonly build: (b: Builder, weight: Value, args: ArgsOf<P>) => Value;
}

/** Keeps the argument types for `build` and forgets them for the table: the resolver has checked the arguments. */
export function defineRegularizer<P extends Params>(spec: RegularizerSpec<P>): Regularizer {
  return { ...spec, build: (b, weight, args) => spec.build(b, weight, args as ArgsOf<P>) };
}
