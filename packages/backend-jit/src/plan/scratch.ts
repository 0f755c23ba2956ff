// Working memory that a kernel needs while it runs, in bytes: for each thread that runs it, where it is shared.

import { type GemmEngine, gemmScratch } from "../emit/gemm/index.ts";
import { BLOCKS_TOGETHER, chunkRows, type Share } from "../threads/share.ts";
import type { Kernel } from "./kernel.ts";
import { isEmpty, isVectorProduct, productPlan } from "./product.ts";

export function scratchBytes(kernel: Kernel, engine: GemmEngine, share: Share | undefined): number {
  if (kernel.kind !== "contraction" || isEmpty(kernel)) return 0;
  if (isVectorProduct(kernel)) return 4 * kernel.columns;
  const plans = chunkRows(kernel, share).map((rows) => productPlan({ ...kernel, rows }, engine));
  return Math.max(...plans.map((plan) => gemmScratch(plan).bytes));
}

/** Working memory that all threads of a kernel have in common, in bytes: the results of the blocks of a reduction. */
export function commonBytes(kernel: Kernel, share: Share | undefined): number {
  return kernel.kind === "reduce" && share?.by === "blocks" ? 4 * BLOCKS_TOGETHER * share.units : 0;
}
