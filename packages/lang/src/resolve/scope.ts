// Where names are looked up: the params of the file, the built-in values of a model, the parameters of a block.

import type { Span } from "@netwright/definitions";
import type { Scope, Value } from "./value.ts";

export const emptyScope: Scope = { lookup: () => undefined, names: () => [] };

/** The parameters of a block, in front of what the file defines. */
export function blockScope(parameters: ReadonlyMap<string, Value>, outer: Scope): Scope {
  return {
    lookup(name, span) {
      const value = parameters.get(name);
      if (value === undefined) return outer.lookup(name, span);
      return reachedBy(name, value, span);
    },
    names: () => [...parameters.keys(), ...outer.names()],
  };
}

/** The same names with no value known: for code that is checked and not run. */
export function unknownScope(scope: Scope): Scope {
  return {
    lookup: (name, span) => (scope.lookup(name, span) === undefined ? undefined : { kind: "unknown", span }),
    names: () => scope.names(),
  };
}

/** `value` at the place where `name` is used, remembering where it was written. */
export function reachedBy(name: string, value: Value, span: Span): Value {
  const { origin: before } = value;
  return { ...value, span, origin: { name, span: value.span, ...(before === undefined ? {} : { before }) } };
}
