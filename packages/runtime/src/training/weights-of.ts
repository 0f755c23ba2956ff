// The part of a state that makes up the model: what is saved, hashed and restored after early stopping.

import type { StateVariable } from "@netwright/ir";
import type { NamedTensors } from "../backend/backend.ts";

export function weightNames(variables: readonly StateVariable[]): ReadonlySet<string> {
  return new Set(variables.filter(({ role }) => role === "weight").map(({ name }) => name));
}

/** `variables` is the program's `state`. */
export function weightsOf(variables: readonly StateVariable[], state: NamedTensors): NamedTensors {
  const names = weightNames(variables);
  return new Map([...state].filter(([name]) => names.has(name)));
}
