// Estimated cost of a kernel: the arithmetic of its operations, and the arrays that it has to touch.

import { type AnyOp, flopsOf, sizeOf } from "@netwright/ir";
import { type Kernel, readsOf, writesOf } from "../plan/kernel.ts";
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
  const written = sizes(writesOf(kernel));
  if (kernel.kind === "move") {
    // Of its sources it may read a part.
    const read = kernel.boxes.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
    return { flops: 0, bytes: read + written };
  }
  return {
    flops: ops.reduce((sum, op) => sum + flopsOf(op), 0),
    bytes: sizes(readsOf(kernel).map(({ buffer }) => buffer)) + written,
  };
}
