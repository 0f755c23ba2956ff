// What a backend that plans a program ahead can tell of it: the kernels of each function, and how long they take.
// Plain data, the same for every backend that offers `explain` or `profile`.

import type { FuncKind } from "@netwright/ir";

/** Some operations that are computed together: one loop, one call, one launch. */
export interface KernelExplanation {
  /** Unique in its function. */
  readonly name: string;
  /** In the words of the backend: `product`, `elementwise`, ... */
  readonly kind: string;
  /** The layers whose operations it computes; `loss` and `optimizer` are named so. */
  readonly layers: readonly string[];
  /** Names of the operations, in order. */
  readonly ops: readonly string[];
  /** What it runs over: rows, columns and contracted size of a product, steps of a loop, otherwise the sizes of its array. */
  readonly shape: readonly number[];
  /** Lines and columns of results that are kept in registers at a time; null where that has no meaning. */
  readonly tile: readonly [lines: number, columns: number] | null;
  /** How the operands of a product lie, `N` as they are read and `T` transposed: `NT`; null for other kernels. */
  readonly layout: string | null;
  /** Operands that are copied into the order in which they are read: `rhs by panel`. */
  readonly packed: readonly string[];
  /** State variables that it writes over the old ones. */
  readonly updates: readonly string[];
  /** Floating-point operations, estimated; of a loop, of all its steps. */
  readonly flops: number;
  /** Bytes of the arrays that it reads and writes, each counted once. */
  readonly bytes: number;
  /** How many threads share it. */
  readonly threads: number;
}

export interface FunctionExplanation {
  readonly name: string;
  readonly kind: FuncKind;
  /** Rows of a batch; 0 where there is none. */
  readonly batch: number;
  readonly kernels: readonly KernelExplanation[];
  readonly flops: number;
  readonly bytes: number;
}

export interface ProgramExplanation {
  readonly backend: string;
  readonly threads: number;
  readonly functions: readonly FunctionExplanation[];
  /** Bytes. `arena`: what the functions share for everything that does not outlive a call. */
  readonly memory: {
    readonly state: number;
    readonly constants: number;
    readonly arena: number;
    readonly total: number;
    /** What there is at most; a program that needs more does not compile. Null where the machine alone decides. */
    readonly limit: number | null;
  };
}

export interface KernelTime {
  readonly kernel: KernelExplanation;
  /** Of one step, as little disturbed by other work on the machine as the backend can tell. */
  readonly seconds: number;
}

export interface Profile {
  readonly backend: string;
  readonly threads: number;
  readonly function: FunctionExplanation;
  readonly kernels: readonly KernelTime[];
  /** Steps that were timed kernel by kernel, after those that only warmed up. */
  readonly steps: number;
  /** Of a whole step in the same way, not interrupted by the clock. */
  readonly seconds: number;
  /** FLOP/s that one thread reaches without touching memory, measured in the same run. */
  readonly peak: number;
}
