// The state of a program: weights, what the optimizer keeps for each, the step counter, the generator.

import { lookUp } from "@netwright/definitions";
import { type Builder, rngState, type StateVariable, saved, tensor, type Value } from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import { type Definitions, definitions } from "../definitions.ts";
import { frozenOwners } from "./frozen.ts";
import { RATE_FACTOR, watchedRate } from "./update/watched.ts";
import { type ModelVariable, modelVariables, usesRandomness } from "./variables.ts";

export interface StateLayout {
  /** What the names of the model stand for. */
  readonly definitions: Definitions;
  readonly variables: readonly StateVariable[];
  /** Those that belong to layers, weights and statistics, in the order of the flow. */
  readonly layers: readonly ModelVariable[];
  /** The weights that training changes: all but the frozen ones; empty without training. */
  readonly trained: readonly ModelVariable[];
  /** The weights of which an average is kept, and predicts; also without training. */
  readonly averaged: readonly ModelVariable[];
  /** The nodes whose variables stay as they are. */
  readonly frozen: ReadonlySet<string>;
  /** What is kept for each weight that is trained: names of slots, with what they start with. */
  readonly slots: Readonly<Record<string, number>>;
  /** The same of what is kept for all weights alike. */
  readonly shared: Readonly<Record<string, number>>;
}

export const STEP = "step";
export const RANDOM = "random";

export const ACCUMULATED_ROWS = "accumulated_rows";

export function gradientId(weight: string): string {
  return `${weight}/gradient`;
}

export function averageId(weight: string): string {
  return `${weight}/average`;
}

export function slotId(weight: string, slot: string): string {
  return `${weight}/${slot}`;
}

/** Names of weights hold a dot, so none of their slots is called like it. */
export function sharedId(name: string): string {
  return `optimizer/${name}`;
}

interface LayoutOptions {
  /** Without settings of a training the state holds the variables of layers alone. */
  readonly train: TrainSettings | null;
  readonly definitions: Definitions;
}

export function stateLayout(model: Model, { train, definitions }: LayoutOptions): StateLayout {
  const layers = modelVariables(model, definitions);
  const { slots, shared } = keptBy(train, definitions);
  const layerVariables = layers.map(
    ({ id, role, shape }): StateVariable => ({ name: id, role, type: tensor("f32", shape) }),
  );
  const frozen = frozenOwners(model, model.train?.freeze ?? [], definitions);
  const changing = layers.filter(({ role, node }) => role === "weight" && !frozen.has(node.name));
  const trained = train === null ? [] : changing;
  const slotVariables = trained.flatMap(({ id, shape }) =>
    Object.keys(slots).map(
      (slot): StateVariable => ({ name: slotId(id, slot), role: "slot", type: tensor("f32", shape) }),
    ),
  );
  const sharedVariables = Object.keys(shared).map(
    (name): StateVariable => ({ name: sharedId(name), role: "slot", type: tensor("f32") }),
  );
  const averaged = (model.train?.weight_average ?? null) === null ? [] : changing;
  const averages = averaged.map(
    ({ id, shape }): StateVariable => ({ name: averageId(id), role: "average", type: tensor("f32", shape) }),
  );
  const sums: readonly StateVariable[] = [
    ...trained.map(({ id, shape }) => ({ name: gradientId(id), type: tensor("f32", shape) })),
    { name: ACCUMULATED_ROWS, type: tensor("f32") },
  ].map((variable) => ({ ...variable, role: "gradient" }));
  const counter: StateVariable = { name: STEP, role: "counter", type: tensor("i32") };
  const random: StateVariable = { name: RANDOM, role: "random", type: rngState };
  const factor: StateVariable = { name: RATE_FACTOR, role: "control", type: tensor("f32") };
  return {
    definitions,
    layers,
    trained,
    averaged,
    frozen,
    slots,
    shared,
    variables: [
      ...layerVariables,
      ...averages,
      ...slotVariables,
      ...sharedVariables,
      ...(train !== null && train.accumulate > 1 ? sums : []),
      ...(train === null ? [] : [counter]),
      ...(train !== null && (train.mixup !== undefined || usesRandomness(model, definitions))
        ? [random]
        : []),
      ...(train !== null && watchedRate(train.optimizer, definitions) !== null ? [factor] : []),
    ],
  };
}

function keptBy(
  train: TrainSettings | null,
  { optimizer: known }: Pick<Definitions, "optimizer">,
): Pick<StateLayout, "slots" | "shared"> {
  if (train === null) return { slots: {}, shared: {} };
  const { name, args } = train.optimizer;
  const { slots, shared } = lookUp(known, name);
  return { slots: slots(args), shared: shared(args) };
}

/** The variables of a model, without those of a training. */
export function savedVariables(model: Model, known: Definitions = definitions): readonly StateVariable[] {
  return stateLayout(model, { train: null, definitions: known }).variables;
}

/** The variables of layers by name, as a function reads them that predicts: averages in place of their weights. */
export function readModel(b: Builder, { variables, averaged }: StateLayout): ReadonlyMap<string, Value> {
  const replaced = new Set(averaged.map(({ id }) => id));
  const values = read(
    b,
    variables.filter(({ name, role }) => saved[role] && !replaced.has(name)),
  );
  const averages = averaged.map(({ id }): [string, Value] => [id, stateValue(values, averageId(id))]);
  return new Map([...values, ...averages]);
}

/** The variables of layers by name, with the weights that training changes. */
export function readLayers(b: Builder, { variables, layers }: StateLayout): ReadonlyMap<string, Value> {
  const names = new Set(layers.map(({ id }) => id));
  return read(
    b,
    variables.filter(({ name }) => names.has(name)),
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
