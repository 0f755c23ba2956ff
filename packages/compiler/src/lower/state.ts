// The state of a program: weights, what the optimizer keeps for each, the step counter, the generator.

import { type Instance, lookUp } from "@netwright/definitions";
import { type Builder, rngState, type StateVariable, saved, tensor, type Value } from "@netwright/ir";
import type { Model } from "@netwright/lang";
import { optimizers } from "../optimizers/table.ts";
import { type ModelWeight, modelWeights, usesRandomness } from "./weights.ts";

export interface StateLayout {
  readonly variables: readonly StateVariable[];
  readonly weights: readonly ModelWeight[];
  /** Names of the slots kept for each weight; empty without training. */
  readonly slots: readonly string[];
}

export const STEP = "step";
export const RANDOM = "random";

export function slotId(weight: string, slot: string): string {
  return `${weight}/${slot}`;
}

/** Without an optimizer the state holds the weights alone. */
export function stateLayout(model: Model, optimizer: Instance | null): StateLayout {
  const weights = modelWeights(model);
  const slots = optimizer === null ? [] : lookUp(optimizers, optimizer.name).slots(optimizer.args);
  const weightVariables = weights.map(
    ({ id, shape }): StateVariable => ({ name: id, role: "weight", type: tensor("f32", shape) }),
  );
  const slotVariables = weightVariables.flatMap(({ name, type }) =>
    slots.map((slot): StateVariable => ({ name: slotId(name, slot), role: "slot", type })),
  );
  const counter: StateVariable = { name: STEP, role: "counter", type: tensor("i32") };
  const random: StateVariable = { name: RANDOM, role: "random", type: rngState };
  return {
    weights,
    slots,
    variables: [
      ...weightVariables,
      ...slotVariables,
      ...(optimizer === null ? [] : [counter]),
      ...(optimizer !== null && usesRandomness(model) ? [random] : []),
    ],
  };
}

/** The variables that make up the model, as a function reads them that only predicts. */
export function readModel(b: Builder, { variables }: StateLayout): ReadonlyMap<string, Value> {
  return read(
    b,
    variables.filter(({ role }) => saved[role]),
  );
}

/** All variables, as a training step reads them. */
export function readState(b: Builder, { variables }: StateLayout): ReadonlyMap<string, Value> {
  return read(b, variables);
}

function read(b: Builder, variables: readonly StateVariable[]): ReadonlyMap<string, Value> {
  return new Map(variables.map(({ name, type }) => [name, b.read(name, type)]));
}

export function stateValue(state: ReadonlyMap<string, Value>, name: string): Value {
  const value = state.get(name);
  if (value === undefined) throw new Error(`the state has no variable ${name}`);
  return value;
}
