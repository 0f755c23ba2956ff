// The part of a state that makes up the model: what is saved, hashed and restored after early stopping.

import { type StateVariable, saved } from "@netwright/ir";
import type { NamedTensors } from "../backend/backend.ts";

export function weightNames(variables: readonly StateVariable[]): ReadonlySet<string> {
  return new Set(variables.filter(({ role }) => saved[role]).map(({ name }) => name));
}

/** `variables` is the program's `state`. */
export function weightsOf(variables: readonly StateVariable[], state: NamedTensors): NamedTensors {
  const names = weightNames(variables);
  return new Map([...state].filter(([name]) => names.has(name)));
}
