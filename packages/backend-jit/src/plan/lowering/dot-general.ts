// A product of two arrays along any of their dimensions.

import { contractionOperands } from "../contraction.ts";
import { addProduct } from "./product.ts";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

export const dotGeneral: LoweringRule<"dot_general"> = (context, op) => {
  const x = operandOf(op, 0);
  const y = operandOf(op, 1);
  const operands =
    contractionOperands(op.attributes, context.laid(x), context.laid(y)) ??
    contractionOperands(op.attributes, context.dense(x), context.dense(y));
  if (operands === undefined) throw new Error("what is dense is taken apart by its sizes");
  addProduct(context, operands, context.define(resultOf(op)));
};
