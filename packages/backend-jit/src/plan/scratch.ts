// Working memory that a kernel needs while it runs, in bytes.

import type { Kernel } from "./kernel.ts";
import { tilingOf } from "./tiling.ts";

export function scratchBytes(kernel: Kernel): number {
  return kernel.kind === "contraction" ? tilingOf(kernel).bytes : 0;
}
