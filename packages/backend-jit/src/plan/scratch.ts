// Working memory that a kernel needs while it runs, in bytes.

import type { GemmEngine } from "../emit/gemm/index.ts";
import type { Kernel } from "./kernel.ts";
import { isEmpty, isVectorProduct, productPlan } from "./product.ts";

export function scratchBytes(kernel: Kernel, engine: GemmEngine): number {
  if (kernel.kind !== "contraction" || isEmpty(kernel)) return 0;
  return isVectorProduct(kernel) ? 4 * kernel.columns : productPlan(kernel, engine).scratchBytes;
}
