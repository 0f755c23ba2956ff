// Operations on each element by itself: they join the kernel that makes an operand, or float until one wants them.

import { at, sizeOf, tensor } from "@netwright/ir";
import type { ElementwiseOp, PointwiseInput, PointwiseOp } from "../../kernels/body.ts";
import { inputOf, orderOf, type PermutedView, type View, wholeBuffer } from "../view.ts";
import type { LoweringContext } from "./context.ts";
import { resultOf } from "./rule.ts";

export function lowerElementwise(context: LoweringContext, op: ElementwiseOp): void {
  const value = resultOf(op);
  if (inOtherOrder(context, op)) return;
  const views = op.operands.map((operand) => context.plain(operand));
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

/** Operands that are all in the same other order are worked on in that of memory, and so is what comes of them. */
function inOtherOrder(context: LoweringContext, op: ElementwiseOp): boolean {
  const views = op.operands.map((operand) => context.view(operand));
  const permuted = views.find((view) => view.kind === "permuted");
  if (permuted === undefined) return false;
  const inputs: PointwiseInput[] = [];
  for (const view of views) {
    if (view.kind !== "permuted") {
      if (view.kind !== "constant" && view.access.kind !== "scalar") return false;
      inputs.push(inputOf(view));
    } else {
      if (orderOf(view) !== orderOf(permuted)) return false;
      inputs.push(inputOf(wholeBuffer(view.buffer, { dtype: view.dtype })));
    }
  }
  const { dtype } = resultOf(op).type;
  const { shape } = context.typeOf(permuted.buffer);
  const result = context.buffer(tensor(dtype, shape));
  context.alias(resultOf(op), { ...permuted, dtype, buffer: result });
  context.grouping.addPointwise({ op, inputs, dtype, result }, sizeOf(shape));
  return true;
}

function isOneLoop(views: readonly Exclude<View, PermutedView>[]): boolean {
  let columns = 0;
  return views.every((view) => {
    if (view.kind === "constant" || view.access.columns === 0) return true;
    const fits = columns === 0 || columns === view.access.columns;
    columns = view.access.columns;
    return fits;
  });
}
