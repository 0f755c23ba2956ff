// What a plan says: kernels of every function in order, and the address of everything.

import { type AnyOp, type Func, sizeOf, type TensorType } from "@netwright/ir";
import type { GemmEngine } from "../emit/gemm/index.ts";
import type { ProductSums } from "../emit/product-sum.ts";
import type { BufferId } from "../kernels/rule.ts";
import type { Kernel } from "../kernels/table.ts";
import type { Share } from "../threads/share.ts";

/** An array in memory. */
export interface Place {
  readonly address: number;
  readonly type: TensorType;
}

export interface PlannedKernel {
  readonly kernel: Kernel;
  /** Address of working memory, for kernels that need it: that of the first thread. */
  readonly scratch: number;
  /** How all threads share it; undefined where one does it alone. */
  readonly share: Share | undefined;
  /** Whether the threads wait for one another before it. */
  readonly barrier: boolean;
  /** What a loop runs; undefined for all other kernels. */
  readonly inner: PlannedLoop | undefined;
}

export interface PlannedLoop {
  readonly before: readonly PlannedKernel[];
  readonly body: readonly PlannedKernel[];
}

export interface FuncPlan {
  readonly func: Func;
  readonly kernels: readonly PlannedKernel[];
  /** Whether threads share any of them. */
  readonly shared: boolean;
  readonly addresses: ReadonlyMap<BufferId, number>;
  readonly types: ReadonlyMap<BufferId, TensorType>;
  /** The operation for which a buffer is there. */
  readonly purposes: ReadonlyMap<BufferId, AnyOp>;
  /** Bytes to copy after the kernels: results that could not be written over the state they replace. */
  readonly copies: readonly { readonly from: number; readonly to: number; readonly bytes: number }[];
  /** Parameters behind the state, in order. */
  readonly inputs: readonly Place[];
  /** Results behind the state that the function returns, in order. */
  readonly outputs: readonly Place[];
}

export interface ProgramPlan {
  readonly functions: readonly FuncPlan[];
  /** State variables, in order. */
  /** By the name of the variable. */
  readonly state: ReadonlyMap<string, Place>;
  readonly constants: readonly { readonly place: Place; readonly values: readonly number[] }[];
  /** Size of the memory in bytes. */
  readonly bytes: number;
  /** What was planned for. */
  readonly engine: GemmEngine;
  readonly productSums: ProductSums;
  /** At most so many run at once; with more than one the memory is shared and begins with control words. */
  readonly threads: number;
  /** Bytes from one thread's working memory to the next one's. */
  readonly scratchStride: number;
}

export function byteSize({ shape }: TensorType): number {
  return 4 * sizeOf(shape);
}
