// What an activation is: an elementwise (or, for softmax, last-dimension) function with a name. Each can be
// written as an argument (`dense(8, relu)`), as a layer of its own (`relu`) or as `activation(relu)`.

import type {
  ActivationDefinition,
  Args,
  ArgsOf,
  Documentation,
  Documented,
  Interval,
  Params,
} from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";

export interface Activation extends Documented, Pick<ActivationDefinition, "range" | "isLinear"> {
  readonly build: (b: Builder, x: Value, args: Args) => Value;
}

interface ActivationSpec<P extends Params> extends Documentation {
  readonly name: string;
  readonly params: P;
  /** What it gives, to the digits that a message shows. */
  readonly range: (args: ArgsOf<P>, width: number) => Interval;
  /** Absent where no arguments make it a line through 0. */
  readonly isLinear?: (args: ArgsOf<P>) => boolean;
  readonly build: (b: Builder, x: Value, args: ArgsOf<P>) => Value;
}

/** Keeps the argument types for `build` and forgets them for the table: the resolver has checked the arguments. */
export function defineActivation<P extends Params>(spec: ActivationSpec<P>): Activation {
  return {
    ...spec,
    range: (args, width) => spec.range(args as ArgsOf<P>, width),
    isLinear: (args) => spec.isLinear?.(args as ArgsOf<P>) ?? false,
    build: (b, x, args) => spec.build(b, x, args as ArgsOf<P>),
  };
}
