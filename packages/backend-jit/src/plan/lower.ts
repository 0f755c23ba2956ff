// One function of a program as kernels over buffers. Operations are taken in order; `grouping.ts` decides which
// of them share a kernel.

import type { Func } from "@netwright/ir";
import { type LoweredFunc, LoweringContext } from "./lowering/context.ts";
import { lowerOp } from "./lowering/table.ts";

/** Results that become state variables are each in an array of their own, or in that of the variable they replace. */
export function lower(func: Func): LoweredFunc {
  const context = new LoweringContext(func);
  for (const op of func.body) lowerOp(context, op);
  return context.finish();
}
