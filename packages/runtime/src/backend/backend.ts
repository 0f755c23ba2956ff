// The contract between Netwright and whatever executes its programs. Public and versioned: a third party
// publishes a package that exports a `Backend`, and `@netwright/conformance` proves it.

import type { AnyOp, Program } from "@netwright/ir";
import type { Batch } from "../executable/batch.ts";
import type { Profile, ProgramExplanation } from "./explanation.ts";

/** Raised when this contract changes in a way that breaks implementations. */
export const BACKEND_CONTRACT = 2;

export type TensorData = Float32Array | Int32Array | Uint32Array;

/** State by variable name, row-major; `f32` as Float32Array, `i32` and `u32` as their arrays. */
export type NamedTensors = ReadonlyMap<string, TensorData>;

export interface BackendInfo {
  readonly name: string;
  /** Versions of what does the work: `{ "@tensorflow/tfjs-backend-wasm": "4.22.0" }`. */
  readonly versions: Readonly<Record<string, string>>;
  /** At most so many compute at once; a program with little to do may use fewer. */
  readonly threads: number;
  readonly simd: boolean;
  readonly device: string;
  /** How many of them train together: see `onDevices`. Absent for one. */
  readonly devices?: number;
  /** Same bits on every machine, engine and thread count. */
  readonly deterministic: boolean;
  /** What is worth knowing about it here, such as why there is only one thread: a phrase without a full stop. */
  readonly note?: string;
}

/** Something that a backend needs or keeps beside itself: what it is here, or why it is not there and what to do. */
export type BackendPart =
  | { readonly what: string; readonly found: string }
  | { readonly what: string; readonly problem: string; readonly remedy: string };

/** One function of a loaded program, to be called as often as wanted. */
export interface Call {
  /** What the function takes beyond the state (`feedsOf`), in order: written by the caller before `run`. */
  readonly inputs: readonly TensorData[];
  /** What it gives beyond the state (`outputsOf`), in order: theirs until anything of the machine runs again. */
  readonly outputs: readonly TensorData[];
  readonly run: () => void;
  /**
   * Optional: begins what `run` does, and comes back before it is done; the inputs may be written again at once. What it gives
   * waits for the end and fills `outputs`: called once, in any order. Whatever of the machine is called meanwhile comes after
   * what was begun. For a backend that computes on other threads than its caller's.
   */
  readonly begin?: () => () => void;
}

/**
 * A program with its state, all zeros at first. Whoever calls has checked names, sizes and kinds of arrays: see
 * `compile`, which makes an `Executable` of it.
 */
export interface Machine {
  /** How many threads take part now, where the backend knows: never more than `threads` of the options. */
  readonly threads?: number;
  /** The function of that name in the program: it reads and writes the state that `Func` names. */
  readonly call: (name: string) => Call;
  /** A copy of the whole state. */
  readonly readState: () => NamedTensors;
  /** Replaces the named variables by copies; the others stay. */
  readonly writeState: (state: NamedTensors) => void;
  /** Frees everything; called once, and nothing after it. */
  readonly dispose: () => void;
}

/** More than one machine has; it keeps a record of a stranger's from asking for more than there can be. */
export const MOST_DEVICES = 64;

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

/** By an instruction of the engine, or by many others that come to the same, slowly. */
export type FusedBy = "engine" | "emulated";

export interface Backend {
  readonly name: string;
  /**
   * Whether `load` takes the operation: true, or one sentence why not. Asked for each before anything runs; composites
   * and derived operations that it does not take are expanded, so that a backend needs kernels for core ones only.
   */
  supports(op: AnyOp): true | string;
  /**
   * `expand` of `@netwright/ir` is for backends that take all operations and have kernels for some.
   * @throws BackendError when the backend cannot be used here, or not for this program
   */
  load(program: Program, options?: CompileOptions): Promise<Machine>;
  /**
   * Optional: how it computes programs with `numerics: fused` here, whose bits are the same either way. A backend without it does
   * not take them.
   */
  fused?(): FusedBy;
  /** How it would compute here, with these options. */
  describe(options?: CompileOptions): Promise<BackendInfo>;
  /** Optional: what it consists of here, part by part, also where it cannot be used. */
  parts?(): Promise<readonly BackendPart[]>;
  /**
   * Optional: begins what takes a while and needs no program, such as opening a library on another thread, and does not wait
   * for it; called where `load` is likely to follow. What fails is told by `load`. Throws nothing.
   */
  prepare?(): void;
  /**
   * Optional: a backend like this one on so many devices, which have the whole state each, in equal bits, and share the rows of a
   * batch where they can be divided among them evenly. What it gives and what it reads is that of one device, up to rounding, and
   * depends on their number. `load` and `describe` of what it gives reject where there are fewer.
   */
  onDevices?(devices: number): Backend;
  /** Optional: how it would compute the program, kernel by kernel; nothing runs. @throws BackendError as `load` */
  explain?(program: Program, options?: CompileOptions): Promise<ProgramExplanation>;
  /** Optional: times the kernels of a training step, on a copy of the program. @throws BackendError as `load` */
  profile?(program: Program, input: ProfileInput, options?: CompileOptions): Promise<Profile>;
}

/** The backend cannot do what was asked, and says why and what to do. */
export class BackendError extends Error {
  readonly backend: string;
  readonly remedy: string;
  /** What there is too little of for this program; absent where it is something else. */
  readonly lacks?: "memory";
  constructor(backend: string, message: string, remedy: string, lacks?: "memory") {
    super(message);
    if (lacks !== undefined) this.lacks = lacks;
    this.name = "BackendError";
    this.backend = backend;
    this.remedy = remedy;
  }
}
