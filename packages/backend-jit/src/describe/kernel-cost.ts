// Estimated cost of a kernel: the arithmetic of its operations, and the arrays that it has to touch.

import { type AnyOp, flopsOf } from "@netwright/ir";
import { buffersOf, type Kernel, ruleOf } from "../kernels/table.ts";
import { byteSize, type FuncPlan } from "../plan/plan.ts";

export interface KernelCost {
  readonly flops: number;
  /** Each array once, however often the kernel comes back to it. */
  readonly bytes: number;
}

export function kernelCost(kernel: Kernel, ops: readonly AnyOp[], types: FuncPlan["types"]): KernelCost {
  const sizes = (buffers: readonly number[]): number =>
    [...new Set(buffers)].reduce((sum, buffer) => {
      const type = types.get(buffer);
      return sum + (type === undefined ? 0 : byteSize(type));
    }, 0);
  const { reads, writes } = buffersOf(kernel);
  const moved = ruleOf(kernel).moved?.(kernel);
  if (moved !== undefined) return { flops: 0, bytes: moved + sizes(writes) };
  const read = sizes(reads.map(({ buffer }) => buffer));
  const times = ruleOf(kernel).times?.(kernel) ?? 1;
  const flops = times * ops.reduce((sum, op) => sum + flopsOf(op), 0);
  return { flops, bytes: read + sizes(writes) };
}
