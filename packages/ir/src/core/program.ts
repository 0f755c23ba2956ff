// The data structure of the IR: a program is a set of functions over named state, a function a list of
// operations in single assignment. Plain immutable data; passes return new programs.

import type { Attributes, OpName } from "../ops/table.ts";
import type { TensorType } from "./types.ts";

/** The one result of exactly one operation, or a parameter. `id` is unique in its function. */
export interface Value {
  readonly id: number;
  readonly type: TensorType;
}

/** Where an operation came from, for messages: the layer and the `.net` text. Not part of the meaning. */
export interface Origin {
  readonly layer: string;
  readonly span?: { readonly file: string; readonly start: number; readonly end: number };
}

export interface Op<K extends OpName = OpName> {
  readonly name: K;
  readonly operands: readonly Value[];
  readonly attributes: Attributes[K];
  readonly results: readonly Value[];
  readonly origin?: Origin;
}

/** Any operation, discriminated by `name`. */
export type AnyOp = { [K in OpName]: Op<K> }[OpName];

export interface NamedValue {
  readonly name: string;
  readonly value: Value;
}

/**
 * What a function is for. All but `init` and `composite` take the whole state first, in order of `Program.state`:
 * - `init(seed: u32) -> state`
 * - `step(state, x, y) -> state, loss`: one training step; loss is the batch mean, with penalties
 * - `predict(state, x) -> prediction`
 * - `evaluate(state, x, y) -> loss_sum, prediction`: sum over the rows of the loss, without penalties
 * - `trace(state, x) -> the output of every layer`, named after it; for explaining a failure
 * - `composite`: the decomposition of `composite` operations
 */
export type FuncKind = "init" | "step" | "predict" | "evaluate" | "trace" | "composite";

export interface Func {
  readonly name: string;
  readonly kind: FuncKind;
  /** Rows of the batch that the function is specialised to; 0 where there is none. */
  readonly batch: number;
  readonly parameters: readonly NamedValue[];
  readonly results: readonly NamedValue[];
  readonly body: readonly AnyOp[];
}

/**
 * - `weight`: trained and saved with the model
 * - `slot`: kept by the optimizer for one weight
 * - `counter`: steps done, an i32 scalar
 * - `random`: state of the generator for dropout, u32[6]
 */
export type StateRole = "weight" | "slot" | "counter" | "random";

export interface StateVariable {
  readonly name: string;
  readonly role: StateRole;
  readonly type: TensorType;
}

export interface Program {
  readonly name: string;
  readonly state: readonly StateVariable[];
  readonly functions: readonly Func[];
}

/** The function of that kind for that batch, if the program has one. */
export function findFunc(program: Program, kind: FuncKind, batch = 0): Func | undefined {
  return program.functions.find((func) => func.kind === kind && func.batch === batch);
}

/** Applies a pass to each function. */
export function mapFuncs(program: Program, pass: (func: Func) => Func): Program {
  return { ...program, functions: program.functions.map(pass) };
}
