// A small network, written in the IR as the compiler would: 4 inputs, 8 relu units, 1 output, mean squared error.
// With its functions for several batch sizes it is what the kit trains.

import {
  at,
  Builder,
  type Func,
  type FuncKind,
  gradients,
  type NamedValue,
  type Program,
  ROW_WEIGHT,
  type StateVariable,
  saved,
  type TensorType,
  tensor,
  type Value,
} from "@netwright/ir";
import { type OptimizerUpdate, updateFunc } from "./optimizer-update.ts";
import { streamState, uniformFrom } from "./uniform.ts";

export const INPUTS = 4;
const UNITS = 8;
const DROPPED = 0.25;

export interface NetworkOptions {
  readonly optimizer: OptimizerUpdate;
  /** Batch sizes; every function but `init` exists for each. */
  readonly batches: readonly number[];
  /** A quarter of the units is dropped in training, with the generator's state in the program's state. */
  readonly dropout: boolean;
  /** With a function that adds up gradients, which the next step then adds to its own. */
  readonly accumulates?: boolean;
}

const weights: Readonly<Record<string, TensorType>> = {
  "hidden/kernel": tensor("f32", [INPUTS, UNITS]),
  "hidden/bias": tensor("f32", [UNITS]),
  "output/kernel": tensor("f32", [UNITS, 1]),
  "output/bias": tensor("f32", [1]),
};

/** Weights, slots and, where gradients are added up, sums of each weight, the counter of steps, and the random state of dropout. */
function stateOf({ optimizer, dropout, accumulates }: NetworkOptions): readonly StateVariable[] {
  return [
    ...Object.entries(weights).map(([name, type]) => ({ name, role: "weight" as const, type })),
    ...Object.entries(weights).flatMap(([name, type]) =>
      optimizer.slots.map((slot) => ({ name: `${name}/${slot}`, role: "slot" as const, type })),
    ),
    ...(accumulates
      ? Object.entries(weights).map(([name, type]) => ({
          name: sumOf(name),
          role: "gradient" as const,
          type,
        }))
      : []),
    { name: "steps", role: "counter", type: tensor("i32") },
    ...(dropout ? [{ name: "hidden/dropout", role: "random" as const, type: tensor("u32", [6]) }] : []),
  ];
}

export function denseNetwork(options: NetworkOptions): Program {
  const { optimizer, batches } = options;
  const state = stateOf(options);
  return {
    name: "dense",
    state,
    functions: [
      init(state),
      ...batches.flatMap((batch) => [
        step(state, options, batch),
        ...(options.accumulates ? [accumulate(state, options, batch)] : []),
        predict(state, batch),
        evaluate(state, batch),
        trace(state, batch),
      ]),
      ...Object.values(weights).map(({ shape }) => updateFunc(updateName(shape), optimizer, shape)),
    ],
  };
}

function sumOf(weight: string): string {
  return `${weight}/gradient`;
}

function updateName(shape: readonly number[]): string {
  return ["update", ...shape].join("_");
}

/** Kernels uniform within sqrt(6 / (inputs + outputs)), as Glorot; dropout has a stream of its own; all else is zero. */
function init(state: readonly StateVariable[]): Func {
  const b = new Builder();
  const seed = b.parameter("seed", tensor("u32"));
  let random = streamState(b, seed, 0);
  const initial = ({ name, role, type }: StateVariable): Value => {
    if (role === "random") return streamState(b, seed, 1);
    if (role !== "weight" || !name.endsWith("kernel")) return b.fill(type, 0);
    const drawn = b.randomBits(random, type.shape);
    random = drawn.state;
    const limit = Math.sqrt(6 / type.shape.reduce((sum, size) => sum + size, 0));
    return uniformFrom(b, drawn.bits, -limit, limit);
  };
  const writes = state.map((variable) => ({ name: variable.name, value: initial(variable) }));
  return b.finish("init", "init", 0, [], writes);
}

/** A function that has begun: its builder, its state by name, and its rows of inputs. */
interface Begun {
  readonly b: Builder;
  readonly of: (name: string) => Value;
  readonly x: Value;
  readonly finish: (kind: FuncKind, results: readonly NamedValue[], writes?: readonly NamedValue[]) => Func;
}

/** It reads the variables of `state`. */
function begin(state: readonly StateVariable[], batch: number): Begun {
  const b = new Builder();
  const byName = new Map(state.map(({ name, type }) => [name, b.read(name, type)]));
  const x = b.parameter("x", tensor("f32", [batch, INPUTS]));
  return {
    b,
    x,
    of: (name) => {
      const value = byName.get(name);
      if (value === undefined) throw new Error(`the network has no state variable ${name}`);
      return value;
    },
    finish: (kind, results, writes) => b.finish(`${kind}_${batch}`, kind, batch, results, writes),
  };
}

/** What a function reads that only predicts. */
function modelOf(state: readonly StateVariable[]): readonly StateVariable[] {
  return state.filter(({ role }) => saved[role]);
}

function dense({ b, of }: Begun, input: Value, layer: string): Value {
  const product = b.matmul(input, of(`${layer}/kernel`));
  return b.add(product, b.broadcastInDim(of(`${layer}/bias`), product.type.shape, [1]));
}

function hidden(begun: Begun): Value {
  const { b, x } = begun;
  const z = dense(begun, x, "hidden");
  return b.maximum(z, b.like(z, 0));
}

/** Squared errors, [rows x 1]. */
function squaredErrors(b: Builder, prediction: Value): Value {
  const error = b.subtract(prediction, b.parameter("y", prediction.type));
  return b.multiply(error, error);
}

function predict(state: readonly StateVariable[], batch: number): Func {
  const begun = begin(modelOf(state), batch);
  return begun.finish("predict", [{ name: "prediction", value: dense(begun, hidden(begun), "output") }]);
}

function evaluate(state: readonly StateVariable[], batch: number): Func {
  const begun = begin(modelOf(state), batch);
  const { b } = begun;
  const prediction = dense(begun, hidden(begun), "output");
  const errors = b.reshape(squaredErrors(b, prediction), [batch]);
  const weight = b.parameter(ROW_WEIGHT, tensor("f32", [batch]));
  return begun.finish("evaluate", [
    { name: "loss_sum", value: b.sum(b.multiply(errors, weight)) },
    { name: "weight_sum", value: b.sum(weight) },
    { name: "prediction", value: prediction },
  ]);
}

function trace(state: readonly StateVariable[], batch: number): Func {
  const begun = begin(modelOf(state), batch);
  const units = hidden(begun);
  return begun.finish("trace", [
    { name: "hidden", value: units },
    { name: "output", value: dense(begun, units, "output") },
  ]);
}

interface Learned {
  readonly loss: NamedValue;
  /** By weight. */
  readonly slopes: ReadonlyMap<string, Value>;
  /** The state of the generator afterwards, where there is one. */
  readonly random: readonly NamedValue[];
}

/** Loss and gradients, with what was added up before. */
function learn(begun: Begun, { dropout, accumulates }: NetworkOptions): Learned {
  const { b, of } = begun;
  const random: NamedValue[] = [];
  let units = hidden(begun);
  if (dropout) {
    const drawn = b.randomBits(of("hidden/dropout"), units.type.shape);
    random.push({ name: "hidden/dropout", value: drawn.state });
    const kept = b.compare(drawn.bits, "GE", b.like(drawn.bits, DROPPED * 2 ** 32));
    units = b.select(kept, b.multiply(units, b.like(units, 1 / (1 - DROPPED))), b.like(units, 0));
  }
  const loss = b.mean(squaredErrors(b, dense(begun, units, "output")));
  const names = Object.keys(weights);
  const slopes = gradients(b, loss, names.map(of)).map((slope, i): [string, Value] => {
    const name = at(names, i);
    return [name, accumulates ? b.add(of(sumOf(name)), slope) : slope];
  });
  return { loss: { name: "loss", value: loss }, slopes: new Map(slopes), random };
}

function accumulate(state: readonly StateVariable[], options: NetworkOptions, batch: number): Func {
  const begun = begin(state, batch);
  const { loss, slopes, random } = learn(begun, options);
  const sums = [...slopes].map(([name, value]) => ({ name: sumOf(name), value }));
  return begun.finish("accumulate", [loss], [...sums, ...random]);
}

function step(state: readonly StateVariable[], options: NetworkOptions, batch: number): Func {
  const { optimizer } = options;
  const begun = begin(state, batch);
  const { b, of } = begun;
  const { loss, slopes, random } = learn(begun, options);
  const steps = b.add(of("steps"), b.scalar(1, "i32"));
  const writes: NamedValue[] = [...random, { name: "steps", value: steps }];
  const scalars = optimizer.scalars(b, b.convert(steps, "f32"));
  for (const [name, slope] of slopes) {
    const weight = of(name);
    const slots = optimizer.slots.map((slot) => `${name}/${slot}`);
    const updated = b.emit("composite", [weight, slope, ...slots.map(of), ...scalars], {
      composite: optimizer.composite,
      settings: optimizer.settings,
      decomposition: updateName(weight.type.shape),
      types: [weight.type, ...slots.map(() => weight.type)],
    });
    [name, ...slots].forEach((variable, i) => {
      writes.push({ name: variable, value: at(updated, i) });
    });
    if (options.accumulates) writes.push({ name: sumOf(name), value: b.like(weight, 0) });
  }
  return begun.finish("step", [loss], writes);
}
