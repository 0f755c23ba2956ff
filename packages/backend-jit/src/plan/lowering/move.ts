// Operations that compute nothing: other views where the elements may stay where they are, copies where not.

import { at, type Op, type View, views } from "@netwright/ir";
import { broadcastAccess, FULL } from "../access.ts";
import { concatenateBoxes, gatherBox, padBox } from "../movement.ts";
import { reshapedRuns } from "../strides.ts";
import type { LoweringContext } from "./context.ts";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

/** What is row-major stays it: a reshape moves no element. In another order, some shapes take a copy. */
export const reshape: LoweringRule<"reshape"> = (context, op) => {
  const x = operandOf(op, 0);
  const result = resultOf(op);
  const view = context.view(x);
  if (view.kind !== "permuted") {
    context.alias(result, view);
    return;
  }
  const dimensions = reshapedRuns(view.dimensions, result.type.shape);
  context.alias(result, dimensions === undefined ? context.plain(x) : { ...view, dimensions });
};

export const broadcastInDim: LoweringRule<"broadcast_in_dim"> = (context, op) => {
  const x = operandOf(op, 0);
  const result = resultOf(op);
  const view = context.plain(x);
  const access = broadcastAccess(x.type.shape, op.attributes.shape, op.attributes.dimensions);
  if (view.kind === "constant" || access === FULL || view.access.kind === "scalar") {
    context.alias(result, view);
  } else if (access === undefined) {
    moveView(context, op, views.broadcast_in_dim(op.attributes, x.type.shape));
  } else {
    const { buffer } = source(context, op);
    context.alias(result, { kind: "buffer", dtype: x.type.dtype, buffer, access });
  }
};

function moveView(context: LoweringContext, op: Op, { strides, start }: View): void {
  const result = resultOf(op);
  context.move(result, [gatherBox(source(context, op).buffer, result.type.shape, strides, start)]);
}

/** A view: who cannot read it in that order copies it. */
export const transpose: LoweringRule<"transpose"> = (context, op) => {
  const x = operandOf(op, 0);
  const result = resultOf(op);
  const { permutation } = op.attributes;
  const { buffer, dimensions } = context.laid(x);
  context.permute(result, { buffer, dimensions: permutation.map((d) => at(dimensions, d)) });
};

export const slice: LoweringRule<"slice"> = (context, op) => {
  moveView(context, op, views.slice(op.attributes, operandOf(op, 0).type.shape));
};

export const reverse: LoweringRule<"reverse"> = (context, op) => {
  moveView(context, op, views.reverse(op.attributes, operandOf(op, 0).type.shape));
};

export const concatenate: LoweringRule<"concatenate"> = (context, op) => {
  const result = resultOf(op);
  const sources = op.operands.map((operand) => context.source(operand));
  context.move(result, concatenateBoxes(sources, op.attributes.dimension, result.type));
};

export const pad: LoweringRule<"pad"> = (context, op) => {
  const result = resultOf(op);
  const x = source(context, op);
  const fill = context.source(operandOf(op, 1)).buffer;
  context.move(result, [padBox(x, op.attributes, result.type)], fill);
};

/** The first operand in memory. */
function source(context: LoweringContext, op: Op) {
  return context.source(operandOf(op, 0));
}
