// Working memory of a kernel; of a loop, what the largest need of the kernels in it is, as they run one after the other.

import type { GemmEngine } from "../emit/gemm/index.ts";
import type { Scratch } from "../kernels/rule.ts";
import { innerOf, type Kernel, ruleOf } from "../kernels/table.ts";
import type { Share } from "../threads/share.ts";

export function scratchOf(kernel: Kernel, shares: ReadonlyMap<Kernel, Share>, engine: GemmEngine): Scratch {
  const own = ruleOf(kernel).scratch(kernel, shares.get(kernel), engine);
  if (kernel.kind !== "loop") return own;
  const all = [own, ...innerOf(kernel).map((each) => scratchOf(each, shares, engine))];
  return {
    own: Math.max(...all.map(({ own }) => own)),
    common: Math.max(...all.map(({ common }) => common)),
  };
}
