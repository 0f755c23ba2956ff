// What an initializer is: the start value of one weight, in operations of the IR.

import type { Args, ArgsOf, Documentation, Documented, Params } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { Sampler } from "../random/sampling.ts";

export interface Initializer extends Documented {
  readonly build: (b: Builder, sampler: Sampler, shape: readonly number[], args: Args) => Value;
}

interface InitializerSpec<P extends Params> extends Documentation {
  readonly name: string;
  readonly params: P;
  readonly build: (b: Builder, sampler: Sampler, shape: readonly number[], args: ArgsOf<P>) => Value;
}

/** Keeps the argument types for `build` and forgets them for the table: the resolver has checked the arguments. */
export function defineInitializer<P extends Params>(spec: InitializerSpec<P>): Initializer {
  return { ...spec, build: (b, sampler, shape, args) => spec.build(b, sampler, shape, args as ArgsOf<P>) };
}
