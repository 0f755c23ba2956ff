// A product of two arrays along any of their dimensions.

import { contractionOperands } from "../contraction.ts";
import { addProduct } from "./product.ts";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

export const dotGeneral: LoweringRule<"dot_general"> = (context, op) => {
  const [lhs, rhs] = [context.source(operandOf(op, 0)), context.source(operandOf(op, 1))];
  const operands = contractionOperands(op.attributes, lhs, rhs);
  addProduct(context, operands, context.define(resultOf(op)));
};
