// What the code of a kernel depends on, apart from where its arrays lie: kernels of which this is the same share it.

import type { BufferId } from "../kernels/rule.ts";
import { type Kernel, ruleOf } from "../kernels/table.ts";
import type { Share } from "../threads/share.ts";

export interface KernelCode {
  readonly key: string;
  /** The arrays, numbered as in the key. */
  readonly buffers: readonly BufferId[];
}

export function kernelCode(kernel: Kernel, share: Share | undefined): KernelCode {
  const numbers = new Map<BufferId, number>();
  const numberOf = (buffer: BufferId): number => {
    const known = numbers.get(buffer);
    if (known !== undefined) return known;
    const next = numbers.size;
    numbers.set(buffer, next);
    return next;
  };
  const rule = ruleOf(kernel);
  const numbered = rule.renamed(kernel, numberOf);
  const code = rule.code === undefined ? numbered : rule.code(numbered);
  return { key: JSON.stringify([code, share ?? null]), buffers: [...numbers.keys()] };
}
