// One function of a program as kernels over buffers. Operations are taken in order; `grouping.ts` decides which
// of them share a kernel.

import type { Func } from "@netwright/ir";
import { type LoweredFunc, LoweringContext } from "./lowering/context.ts";
import { lowerOp } from "./lowering/table.ts";

/**
 * `separate`: how many results, from the first, become state variables, each in an array of its own; one that is
 * the parameter of the same position stays.
 */
export function lower(func: Func, separate: number): LoweredFunc {
  const context = new LoweringContext(func);
  for (const op of func.body) lowerOp(context, op);
  return context.finish(separate);
}
