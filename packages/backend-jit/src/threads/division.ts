// Which kernels of a function all threads share and which the first one does alone, decided by what sharing gains
// against what waiting for one another costs.

import type { GemmEngine } from "../emit/gemm/index.ts";
import { innerOf, type Kernel, shareOf, workOf, workOfAll } from "../kernels/table.ts";
import { LINE, largestPart, type Share, type Sharing } from "./share.ts";

/** In nanoseconds, what has to be gained before it is worth it. */
export interface ThreadCosts {
  /** By sharing a kernel: about what a barrier takes, with caches that have to give their lines away. */
  readonly kernel: number;
  /** By sharing a function: waking the others, and waiting for the last of them. */
  readonly call: number;
}

export interface ThreadSettings extends Sharing {
  readonly costs: ThreadCosts;
}

const USUAL_COSTS: ThreadCosts = { kernel: 1500, call: 40_000 };
export const ONE_THREAD: ThreadSettings = { threads: 1, line: LINE, costs: USUAL_COSTS };

/** How each kernel that is worth it is shared; empty where one thread is as good. */
export function divideFunction(
  kernels: readonly Kernel[],
  { costs, ...sharing }: ThreadSettings,
  engine: GemmEngine,
): ReadonlyMap<Kernel, Share> {
  const shares = new Map<Kernel, Share>();
  if (sharing.threads === 1) return shares;
  /** Decides for each; gives what is gained by all. */
  const divide = (some: readonly Kernel[]): number => some.reduce((sum, kernel) => sum + gainOf(kernel), 0);
  const gainOf = (kernel: Kernel): number => {
    if (kernel.kind === "loop") {
      const gain = divide(kernel.before) + kernel.length * divide(kernel.body);
      const units = Math.max(0, ...innerOf(kernel).map((inner) => shares.get(inner)?.units ?? 0));
      if (units > 0) shares.set(kernel, { by: "kernels", units, size: 1 });
      return gain;
    }
    const share = shareOf(kernel, sharing, engine);
    if (share === undefined) return 0;
    const gain = workOf(kernel) * (1 - largestPart(share, sharing.threads));
    if (gain < costs.kernel) return 0;
    shares.set(kernel, share);
    return gain;
  };
  return divide(kernels) < costs.call ? new Map() : shares;
}

/** How many threads a program has work for: each is to have more of it in a call than the call costs. */
export function threadsFor(
  functions: readonly (readonly Kernel[])[],
  { threads, costs }: ThreadSettings,
): number {
  if (costs.call === 0) return threads;
  const work = Math.max(0, ...functions.map(workOfAll));
  return Math.max(1, Math.min(threads, Math.floor(work / costs.call)));
}
