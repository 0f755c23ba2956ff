// Operations on each element by itself: they join the kernel that makes an operand, or float until one wants them.

import { at, sizeOf } from "@netwright/ir";
import type { ElementwiseOp, PointwiseOp } from "../../kernels/body.ts";
import { inputOf, type View, wholeBuffer } from "../view.ts";
import type { LoweringContext } from "./context.ts";
import { resultOf } from "./rule.ts";

export function lowerElementwise(context: LoweringContext, op: ElementwiseOp): void {
  const value = resultOf(op);
  const views = op.operands.map((operand) => context.view(operand));
  // Operands that are repeated in different ways fit no one loop.
  const fitsOneLoop = isOneLoop(views);
  const inputs = op.operands.map((operand, i) => {
    const view = at(views, i);
    const fits = fitsOneLoop || view.kind === "constant" || view.access.columns === 0;
    return inputOf(fits ? view : wholeBuffer(context.source(operand).buffer, operand.type));
  });
  const result = context.define(value);
  const joined: PointwiseOp = { op, inputs, dtype: value.type.dtype, result };
  context.grouping.addPointwise(joined, sizeOf(value.type.shape));
}

function isOneLoop(views: readonly View[]): boolean {
  let columns = 0;
  for (const view of views) {
    if (view.kind === "constant" || view.access.columns === 0) continue;
    if (columns > 0 && columns !== view.access.columns) return false;
    columns = view.access.columns;
  }
  return true;
}
