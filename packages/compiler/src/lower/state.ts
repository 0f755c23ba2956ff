// The state of a program: weights, what the optimizer keeps for each, the step counter, the generator.

import { lookUp } from "@netwright/definitions";
import { type Builder, rngState, type StateVariable, saved, tensor, type Value } from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import { optimizers } from "../optimizers/table.ts";
import { type ModelVariable, modelVariables, usesRandomness } from "./variables.ts";

export interface StateLayout {
  readonly variables: readonly StateVariable[];
  /** Those that belong to layers, weights and statistics, in the order of the flow. */
  readonly layers: readonly ModelVariable[];
  /** Those of them that the optimizer changes. */
  readonly weights: readonly ModelVariable[];
  /** Names of the slots kept for each weight; empty without training. */
  readonly slots: readonly string[];
}

export const STEP = "step";
export const RANDOM = "random";
export const RATE_FACTOR = "rate_factor";

export function slotId(weight: string, slot: string): string {
  return `${weight}/${slot}`;
}

/** Without settings of a training the state holds the variables of layers alone. */
export function stateLayout(model: Model, train: TrainSettings | null, rateFactor = false): StateLayout {
  const layers = modelVariables(model);
  const weights = layers.filter(({ role }) => role === "weight");
  const optimizer = train?.optimizer;
  const slots = optimizer === undefined ? [] : lookUp(optimizers, optimizer.name).slots(optimizer.args);
  const layerVariables = layers.map(
    ({ id, role, shape }): StateVariable => ({ name: id, role, type: tensor("f32", shape) }),
  );
  const slotVariables = weights.flatMap(({ id, shape }) =>
    slots.map(
      (slot): StateVariable => ({ name: slotId(id, slot), role: "slot", type: tensor("f32", shape) }),
    ),
  );
  const counter: StateVariable = { name: STEP, role: "counter", type: tensor("i32") };
  const random: StateVariable = { name: RANDOM, role: "random", type: rngState };
  const factor: StateVariable = { name: RATE_FACTOR, role: "control", type: tensor("f32") };
  return {
    layers,
    weights,
    slots,
    variables: [
      ...layerVariables,
      ...slotVariables,
      ...(train === null ? [] : [counter]),
      ...(train !== null && usesRandomness(model) ? [random] : []),
      ...(train !== null && rateFactor ? [factor] : []),
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
