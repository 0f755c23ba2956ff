// Reductions.

import { type ElementType, REDUCE_BLOCK, type ReduceKind } from "@netwright/ir";
import { emitReduce } from "../emit/reduce/emit-reduce.ts";
import { blockResults, reduceLoops } from "../plan/reduce-loops.ts";
import { type Run, sizeOfRuns } from "../plan/strides.ts";
import { BLOCKS_TOGETHER, type Share, type Sharing } from "../threads/share.ts";
import { REDUCED } from "../threads/work.ts";
import { type BufferId, type Buffers, type KernelRule, purposeOf } from "./rule.ts";

export interface ReduceKernel {
  readonly kind: "reduce";
  readonly reduce: ReduceKind;
  /** Of the operand of the operation, for explanations. */
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  /** What the result has, row-major, and what makes up each of its elements, in order: axes of the operand. */
  readonly kept: readonly Run[];
  readonly reduced: readonly Run[];
  readonly operand: BufferId;
  readonly result: BufferId;
}

function buffers({ operand, result }: ReduceKernel): Buffers {
  return { reads: [{ buffer: operand, inPlace: false }], writes: [result] };
}

export const reduce: KernelRule<ReduceKernel> = {
  buffers,
  renamed: (kernel, rename) => ({
    ...kernel,
    operand: rename(kernel.operand),
    result: rename(kernel.result),
  }),
  code: (kernel, { numberOf }) => ({ key: { ...reduce.renamed(kernel, numberOf), shape: null } }),
  divide,
  // The results of the blocks, which one thread adds up.
  scratch: (kernel, share) => ({
    own: 0,
    common: share?.by === "blocks" ? 4 * share.units * blockResults(reduceLoops(kernel)) : 0,
  }),
  work: ({ kept, reduced }) => REDUCED * sizeOfRuns(kept) * sizeOfRuns(reduced),
  emit: emitReduce,
  label: "reduction",
  ops: (kernel, purposes) => purposeOf(buffers(kernel), purposes),
  opName: (op) => (op.name === "reduce" ? `reduce ${op.attributes.kind}` : op.name),
  shape: ({ shape }) => shape,
};

function divide(kernel: ReduceKernel, { threads, line }: Sharing): Share {
  const { outer, reduced, inner, lines } = reduceLoops(kernel);
  const [first] = outer;
  const [only, ...others] = reduced;
  if (lines?.count === 1) {
    const size = REDUCE_BLOCK * BLOCKS_TOGETHER;
    return { by: "blocks", units: Math.floor(lines.length / size), size };
  }
  if (first !== undefined) return { by: "rows", units: first.size, size: 1 };
  // Few columns of many rows.
  if (only !== undefined && others.length === 0 && inner < threads * line && only.size > 2 * REDUCE_BLOCK) {
    return { by: "blocks", units: Math.floor(only.size / REDUCE_BLOCK), size: REDUCE_BLOCK };
  }
  return { by: "columns", units: Math.ceil(inner / line), size: line };
}
