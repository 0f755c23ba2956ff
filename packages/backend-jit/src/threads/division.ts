// Which kernels of a function all threads share and which the first one does alone, decided by what sharing gains
// against what waiting for one another costs.

import type { GemmEngine } from "../emit/gemm/index.ts";
import type { LoopKernel } from "../kernels/loop.ts";
import { innerOf, type Kernel, shareAlike, shareOf, workOf, workOfAll } from "../kernels/table.ts";
import { type AlikeRows, LINE, largestPart, type Share, type Sharing } from "./share.ts";

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
      const alike = divideAlike(kernel, sharing.threads);
      if (alike !== undefined) {
        for (const [inner, share] of alike.shares) shares.set(inner, share);
        shares.set(kernel, { by: "kernels", units: alike.rows.units, size: 1, alike: alike.rows });
        return workOf(kernel) * (1 - 1 / sharing.threads);
      }
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

interface DividedAlike {
  readonly rows: AlikeRows;
  readonly shares: ReadonlyMap<Kernel, Share>;
}

/** A loop all of whose kernels can be divided by the same rows, those of a product: so that no thread waits in a step. */
function divideAlike(loop: LoopKernel, threads: number): DividedAlike | undefined {
  const product = loop.body.find((kernel) => kernel.kind === "contraction" && kernel.rows % threads === 0);
  if (product?.kind !== "contraction") return undefined;
  const rows = { count: product.rows, units: threads };
  const shares = new Map<Kernel, Share>();
  for (const inner of innerOf(loop)) {
    const divided = shareAlike(inner, rows);
    if (divided === undefined) return undefined;
    shares.set(inner, divided.share);
  }
  return { rows, shares };
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
