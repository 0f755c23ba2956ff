// Operations on each element by itself: they join the kernel that makes an operand, or float until one wants them.

import { sizeOf } from "@netwright/ir";
import type { ElementwiseOp, PointwiseOp } from "../kernel.ts";
import { inputOf, wholeBuffer } from "../view.ts";
import type { LoweringContext } from "./context.ts";
import { resultOf } from "./rule.ts";

export function lowerElementwise(context: LoweringContext, op: ElementwiseOp): void {
  const value = resultOf(op);
  const views = op.operands.map((operand) => context.view(operand));
  const columns = new Set(
    views.flatMap((view) => (view.kind === "buffer" && view.access.columns > 0 ? [view.access.columns] : [])),
  );
  // Operands that are repeated in different ways fit no one loop.
  const inputs = op.operands.map((operand) => {
    const view = context.view(operand);
    const fits = view.kind === "constant" || view.access.columns === 0 || columns.size <= 1;
    return inputOf(fits ? view : wholeBuffer(context.source(operand).buffer, operand.type));
  });
  const result = context.define(value);
  const joined: PointwiseOp = { op, inputs, dtype: value.type.dtype, result };
  context.grouping.addPointwise(joined, sizeOf(value.type.shape));
}
