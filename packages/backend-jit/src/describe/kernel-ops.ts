// The operations of the IR that a kernel computes, in order: so it is known which layers it serves and what it costs.

import type { AnyOp } from "@netwright/ir";
import { type BufferId, type Kernel, writesOf } from "../plan/kernel.ts";

/** `purposes`: the operation for which each buffer is there. */
export function kernelOps(kernel: Kernel, purposes: ReadonlyMap<BufferId, AnyOp>): readonly AnyOp[] {
  const purpose = (buffer: BufferId | undefined): readonly AnyOp[] => {
    const op = buffer === undefined ? undefined : purposes.get(buffer);
    return op === undefined ? [] : [op];
  };
  switch (kernel.kind) {
    case "map":
      return kernel.body.ops.map(({ op }) => op);
    case "contraction":
      return [...purpose(kernel.result), ...kernel.body.ops.map(({ op }) => op)];
    case "reduce":
    case "move":
    case "random":
      return purpose(writesOf(kernel)[0]);
  }
}
