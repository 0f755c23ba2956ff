// One function of a program as kernels over buffers. Operations are taken in order; `grouping.ts` decides which
// of them share a kernel.

import type { Func } from "@netwright/ir";
import { type LoweredFunc, LoweringContext } from "./lowering/context.ts";
import { lowerOp } from "./lowering/table.ts";

/**
 * Results that become state variables are each in an array of their own, or in that of the variable they replace.
 * `functions`: those of its program, among them the bodies of its scans.
 */
export function lower(func: Func, functions: readonly Func[]): LoweredFunc {
  const context = new LoweringContext(func, (name, carries) => {
    const body = functions.find((each) => each.name === name);
    if (body === undefined) throw new Error(`there is no ${name} for a scan of ${func.name}`);
    const carried = Array.from({ length: carries }, (_, i) => `carry ${i}`);
    return lower({ ...body, reads: carried, writes: carried }, functions);
  });
  for (const op of func.body) lowerOp(context, op);
  return context.finish();
}
