// What a backend that plans a program ahead can tell of it: the kernels of each function, and how long they take.
// Plain data, the same for every backend that offers `explain` or `profile`.

import type { FuncKind } from "@netwright/ir";
import type { FusedBy } from "./backend.ts";

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
  /** Where another compiler makes the kernels, of which only this is known. */
  readonly compiled?: CompiledExplanation;
}

export interface CompiledExplanation {
  /** From the text of the function until it could run. */
  readonly seconds: number;
  /** Whether it was compiled at an earlier time, and only loaded now. */
  readonly kept: boolean;
  /** Whether the compiler shows its kernels; otherwise there are none in the list. */
  readonly shown: boolean;
  /** Whether FLOPs and bytes of the function are those of the compiler's own analysis, rather than counted in its kernels. */
  readonly analysed: boolean;
  /** Bytes on the device. `reused`: of the results, what lies where arguments were; `code`: 0 where it is not told. */
  readonly memory?: {
    readonly arguments: number;
    readonly results: number;
    readonly reused: number;
    readonly temporary: number;
    readonly code: number;
  };
}

export interface ProgramExplanation {
  readonly backend: string;
  readonly threads: number;
  /** Of a program with `numerics: fused`: what computes its product-sums. */
  readonly fused?: FusedBy;
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

/** Of a step that another compiler has made: its kernels run where no clock of ours is. */
export interface PartTime {
  /** What was done: `execute`, `wait`. */
  readonly part: string;
  /** Of one step, in the mean of the fastest fifth of the steps. */
  readonly seconds: number;
}

export interface Profile {
  readonly backend: string;
  readonly threads: number;
  readonly function: FunctionExplanation;
  /** Empty for a backend that cannot time them. */
  readonly kernels: readonly KernelTime[];
  /** In place of kernels, what the host spends a step on; together they are the step. */
  readonly parts?: readonly PartTime[];
  /** Steps that were timed, kernel by kernel where that can be, after those that only warmed up. */
  readonly steps: number;
  /** Of a whole step in the same way, not interrupted by the clock. */
  readonly seconds: number;
  /** Processor seconds of a step, of all threads of the process, where the backend measures them. */
  readonly processor?: number;
  /** FLOP/s that one thread reaches without touching memory, measured in the same run; null where there is no such measure. */
  readonly peak: number | null;
}
