// What the code of a kernel depends on, apart from where its arrays lie: kernels of which this is the same share it.

import type { GemmEngine } from "../emit/gemm/index.ts";
import type { BufferId, Code } from "../kernels/rule.ts";
import { type Kernel, ruleOf } from "../kernels/table.ts";
import type { Share } from "../threads/share.ts";

export interface KernelCode {
  readonly key: string;
  /** The arrays, numbered as in the key. */
  readonly buffers: readonly BufferId[];
  /** What is put into the code for this kernel. */
  readonly numbers: readonly number[];
}

export function kernelCode(kernel: Kernel, share: Share | undefined, engine: GemmEngine): KernelCode {
  const ids = new Map<BufferId, number>();
  const numberOf = (buffer: BufferId): number => {
    const known = ids.get(buffer);
    if (known !== undefined) return known;
    const next = ids.size;
    ids.set(buffer, next);
    return next;
  };
  const rule = ruleOf(kernel);
  const { key, numbers = [] }: Code = rule.code?.(kernel, numberOf, share, engine) ?? {
    key: rule.renamed(kernel, numberOf),
  };
  return { key: JSON.stringify([kernel.kind, key, share ?? null]), buffers: [...ids.keys()], numbers };
}
