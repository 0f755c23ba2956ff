// Working memory that a kernel needs while it runs, in bytes.

import type { Kernel } from "./kernel.ts";
import { isEmpty, productPlan } from "./product.ts";

export function scratchBytes(kernel: Kernel): number {
  return kernel.kind === "contraction" && !isEmpty(kernel) ? productPlan(kernel).scratchBytes : 0;
}
