// What an activation is: an elementwise (or, for softmax, last-dimension) function with a name. Each can be
// written as an argument (`dense(8, relu)`), as a layer of its own (`relu`) or as `activation(relu)`.

import type { Builder, Value } from "@netwright/ir";
import type { Args, ArgsOf, Params } from "@netwright/lang";
import type { Documentation, Documented } from "../documentation.ts";

export interface Activation extends Documented {
  readonly build: (b: Builder, x: Value, args: Args) => Value;
}

interface ActivationSpec<P extends Params> extends Documentation {
  readonly name: string;
  readonly params: P;
  readonly build: (b: Builder, x: Value, args: ArgsOf<P>) => Value;
}

/** Keeps the argument types for `build` and forgets them for the table: the resolver has checked the arguments. */
export function defineActivation<P extends Params>(spec: ActivationSpec<P>): Activation {
  return { ...spec, build: (b, x, args) => spec.build(b, x, args as ArgsOf<P>) };
}
