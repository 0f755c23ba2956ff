// The contract between Netwright and whatever executes its programs. Public and versioned: a third party
// publishes a package that exports a `Backend`, and `@netwright/conformance` proves it.

import type { AnyOp, Program } from "@netwright/ir";
import type { Profile, ProgramExplanation } from "./explanation.ts";

/** Raised when this contract changes in a way that breaks implementations. */
export const BACKEND_CONTRACT = 1;

export type TensorData = Float32Array | Int32Array | Uint32Array;

/** State by variable name, row-major; `f32` as Float32Array, `i32` and `u32` as their arrays. */
export type NamedTensors = ReadonlyMap<string, TensorData>;

/** Rows of inputs and, row-major and encoded, of targets: `x` is [rows x inputs], `y` [rows x outputs]. */
export interface Batch {
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface StepResult {
  /** Mean over the batch, with penalties, before the update. */
  readonly loss: number;
}

export interface Sums {
  /** Sum over the rows, without penalties. */
  readonly loss: number;
  /** [rows x outputs], encoded. */
  readonly prediction: Float32Array;
}

export interface BackendInfo {
  readonly name: string;
  /** Versions of what does the work: `{ "@tensorflow/tfjs-backend-wasm": "4.22.0" }`. */
  readonly versions: Readonly<Record<string, string>>;
  /** At most so many compute at once; a program with little to do may use fewer. */
  readonly threads: number;
  readonly simd: boolean;
  readonly device: string;
  /** Same bits on every machine, engine and thread count. */
  readonly deterministic: boolean;
  /** What is worth knowing about it here, such as why there is only one thread: a phrase without a full stop. */
  readonly note?: string;
}

/** A program, compiled, with its state. Calls are synchronous; the sizes are those the program was made for. */
export interface Executable {
  /** How many threads take part now, where the backend knows: never more than `threads` of the options. */
  readonly threads?: number;
  /** Sets the state to that of `init(seed)`. */
  init(seed: number): void;
  /** One training step on a batch whose size has a `step` function in the program. */
  step(batch: Batch): StepResult;
  /** `rows` of inputs for which the program has a `predict` function; gives [rows x outputs]. */
  predict(x: Float32Array, rows: number): Float32Array;
  evaluate(batch: Batch): Sums;
  /** The outputs of all layers by name, in order of the program. */
  trace(x: Float32Array, rows: number): NamedTensors;
  /** A copy of the whole state. */
  readState(): NamedTensors;
  /** Replaces the named variables; the others stay. @throws BackendError on an unknown name or wrong size. */
  writeState(state: NamedTensors): void;
  /** Frees everything; afterwards only `dispose` may be called. */
  dispose(): void;
}

export interface CompileOptions {
  /**
   * At most so many threads. Default: as many as there are processors to gain from. A backend may use fewer, for a
   * program that is too small or where it cannot choose; `describe` with the same options says how many it can.
   */
  readonly threads?: number;
}

/** What to time a training step on. */
export interface ProfileInput {
  /** The state to begin with; variables that are left out are zero. */
  readonly state: NamedTensors;
  /** Taken in turn; all of one size for which the program has a `step` function. */
  readonly batches: readonly Batch[];
  /** About how long to measure. Default: 1. */
  readonly seconds?: number;
}

export interface Backend {
  readonly name: string;
  /** Asked for each operation before anything runs: true, or one sentence why not. */
  supports(op: AnyOp): true | string;
  /** @throws BackendError when the backend cannot be used here. */
  compile(program: Program, options?: CompileOptions): Promise<Executable>;
  /** How it would compute here, with these options. */
  describe(options?: CompileOptions): Promise<BackendInfo>;
  /** Optional: how it would compute the program, kernel by kernel; nothing runs. @throws BackendError as `compile` */
  explain?(program: Program, options?: CompileOptions): Promise<ProgramExplanation>;
  /** Optional: times the kernels of a training step, on a copy of the program. @throws BackendError as `compile` */
  profile?(program: Program, input: ProfileInput, options?: CompileOptions): Promise<Profile>;
}

/** The backend cannot do what was asked, and says why and what to do. */
export class BackendError extends Error {
  readonly backend: string;
  readonly remedy: string;
  constructor(backend: string, message: string, remedy: string) {
    super(message);
    this.name = "BackendError";
    this.backend = backend;
    this.remedy = remedy;
  }
}
