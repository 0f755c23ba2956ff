// Operations that compute nothing: other views where the elements may stay where they are, copies where not.

import type { Op } from "@netwright/ir";
import { broadcastAccess, FULL } from "../access.ts";
import { broadcastBox, concatenateBoxes, padBox, reverseBox, sliceBox, transposeBox } from "../movement.ts";
import type { LoweringContext } from "./context.ts";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

/** Everything is row-major: a reshape moves no element. */
export const reshape: LoweringRule<"reshape"> = (context, op) => {
  context.alias(resultOf(op), context.view(operandOf(op, 0)));
};

export const broadcastInDim: LoweringRule<"broadcast_in_dim"> = (context, op) => {
  const [x, result] = [operandOf(op, 0), resultOf(op)];
  const view = context.view(x);
  const access = broadcastAccess(x.type.shape, op.attributes.shape, op.attributes.dimensions);
  if (view.kind === "constant" || access === FULL || view.access.kind === "scalar") {
    context.alias(result, view);
  } else if (access === undefined) {
    context.move(result, [broadcastBox(source(context, op), op.attributes)]);
  } else {
    const { buffer } = source(context, op);
    context.alias(result, { kind: "buffer", dtype: x.type.dtype, buffer, access });
  }
};

export const transpose: LoweringRule<"transpose"> = (context, op) => {
  context.move(resultOf(op), [transposeBox(source(context, op), op.attributes.permutation)]);
};

export const slice: LoweringRule<"slice"> = (context, op) => {
  const result = resultOf(op);
  context.move(result, [sliceBox(source(context, op), op.attributes, result.type)]);
};

export const reverse: LoweringRule<"reverse"> = (context, op) => {
  context.move(resultOf(op), [reverseBox(source(context, op), op.attributes.dimensions)]);
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
