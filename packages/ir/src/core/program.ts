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
 * What a function is for. Beside the state that it reads it takes *feeds*, whose first dimension is the rows of the
 * batch, under names that the program chooses; beside the state that it writes it gives results:
 * - `init(seed: u32)`: writes the whole state
 * - `step(feeds) -> loss`: one training step; loss is the mean over the batch, with penalties, before the update
 * - `accumulate(feeds) -> loss`: what a batch adds to the variables of role `gradient`, from which a later `step` makes
 *   one update of several batches; of all others it writes random state and statistics alone
 * - `predict(feeds) -> prediction`, and more results if the model has them
 * - `evaluate(feeds) -> loss_sum, weight_sum, prediction`: sums over the rows, without penalties. The feed `weight`,
 *   f32[rows], is the weight of each row: rows of weight 0 count nothing, so that fewer rows than the batch can be fed
 * - `trace(feeds) -> the output of every layer`, named after it; for explaining a failure
 * - `composite`: the decomposition of `composite` operations, or the body of `scan`; no state
 */
export type FuncKind = "init" | "step" | "accumulate" | "predict" | "evaluate" | "trace" | "composite";

export interface Func {
  readonly name: string;
  readonly kind: FuncKind;
  /** Rows of the batch that the function is specialised to; 0 where there is none. */
  readonly batch: number;
  /** State variables that it takes: the first parameters, in this order. */
  readonly reads: readonly string[];
  /** State variables that it replaces: the first results, in this order. The others stay as they are. */
  readonly writes: readonly string[];
  readonly parameters: readonly NamedValue[];
  readonly results: readonly NamedValue[];
  readonly body: readonly AnyOp[];
}

/** The parameters that are not state: what a caller feeds. */
export function feedsOf({ parameters, reads }: Func): readonly NamedValue[] {
  return parameters.slice(reads.length);
}

/** The results that are not state: what a caller gets. */
export function outputsOf({ results, writes }: Func): readonly NamedValue[] {
  return results.slice(writes.length);
}

/** The feed that holds the weight of each row. */
export const ROW_WEIGHT = "weight";

/**
 * - `weight`: trained by gradients
 * - `statistic`: what a layer has seen while training, such as a moving mean
 * - `average`: of a weight, over the steps
 * - `slot`: kept by the optimizer for one weight
 * - `gradient`: summed up for a weight until its next update
 * - `counter`: steps done, an i32 scalar
 * - `random`: state of the generator for what training draws, u32[6]
 * - `control`: set from outside between steps, such as a factor of the learning rate
 */
export type StateRole =
  | "weight"
  | "statistic"
  | "average"
  | "slot"
  | "gradient"
  | "counter"
  | "random"
  | "control";

/** Which variables make up the model: what is saved, hashed, and restored after early stopping. */
export const saved: { readonly [R in StateRole]: boolean } = {
  weight: true,
  statistic: true,
  average: true,
  slot: false,
  gradient: false,
  counter: false,
  random: false,
  control: false,
};

export interface StateVariable {
  readonly name: string;
  readonly role: StateRole;
  readonly type: TensorType;
}

/**
 * How the contractions of a program, `dot_general` and `convolution`, add up: every sum begins with 0 and takes its products in
 * increasing order of the contracted index.
 * - `separate`: each product is rounded to f32, then each sum
 * - `fused`: the exact product is added and the result rounded once, as `fusedMultiplyAdd` does
 */
export type Numerics = "separate" | "fused";

export interface Program {
  readonly name: string;
  /** Absent for `separate`. */
  readonly numerics?: "fused";
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
