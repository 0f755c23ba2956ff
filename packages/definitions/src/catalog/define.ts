// How a definition is written: its functions take the arguments with the types that its parameters give them. The table
// forgets these types, as the resolver has checked the arguments.

import type { Args } from "./argument.ts";
import type { Definition } from "./catalog.ts";
import type { ArgsOf, Params } from "./param.ts";

/** The parameters of a function, with the arguments of the definition typed wherever they stand. */
type TypedList<L extends readonly unknown[], P extends Params> = {
  [I in keyof L]: [L[I], Args] extends [Args, L[I]] ? ArgsOf<P> : L[I];
};

type TypedMembers<D, P extends Params> = {
  readonly [K in keyof D]: D[K] extends (...list: infer L) => infer R
    ? (...list: TypedList<L, P>) => R
    : D[K] extends ((...list: infer L) => infer R) | null
      ? ((...list: TypedList<L, P>) => R) | null
      : D[K];
};

/** A definition `D` as it is written; what `O` names may be left out. */
export type Spec<D extends Definition, P extends Params, O extends keyof D = never> = Omit<
  TypedMembers<D, P>,
  "params" | O
> &
  Partial<Pick<TypedMembers<D, P>, O>> & { readonly params: P };

/** The function that makes definitions of a kind; `defaults` are what a definition may leave out. */
export function definer<D extends Definition, O extends keyof D = never>(defaults: Pick<D, O>) {
  // The only cast from checked arguments to their types.
  return <P extends Params>(spec: Spec<D, P, O>): D => ({ ...defaults, ...spec }) as unknown as D;
}
