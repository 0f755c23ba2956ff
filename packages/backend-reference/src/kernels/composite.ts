// composite: the reference backend knows none by name and always runs the decomposition.

import type { Kernel } from "./kernel.ts";

export const composite: Kernel<"composite"> = (operands, { decomposition }, _, call) =>
  call(decomposition, operands);
