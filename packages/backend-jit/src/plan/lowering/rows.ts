// Rows at indices, and boxes at starts, that are known only when the program runs.

import { sizeOf } from "@netwright/ir";
import { type LoweringRule, operandOf, resultOf } from "./rule.ts";

export const gather: LoweringRule<"gather"> = (context, op) => {
  const [x, indices] = [operandOf(op, 0), operandOf(op, 1)];
  const [rows = 0, ...row] = x.type.shape;
  context.grouping.addKernel({
    kind: "gather",
    source: context.source(x).buffer,
    rows,
    width: sizeOf(row),
    indices: context.source(indices).buffer,
    count: sizeOf(indices.type.shape),
    result: context.define(resultOf(op)),
  });
};

export const scatter: LoweringRule<"scatter"> = (context, op) => {
  const [x, indices, updates] = [operandOf(op, 0), operandOf(op, 1), operandOf(op, 2)];
  const [rows = 0, ...row] = x.type.shape;
  context.grouping.addKernel({
    kind: "scatter",
    scatter: op.attributes.kind,
    source: context.source(x).buffer,
    rows,
    width: sizeOf(row),
    indices: context.source(indices).buffer,
    updates: context.source(updates).buffer,
    count: sizeOf(indices.type.shape),
    result: context.define(resultOf(op)),
  });
};

export const dynamicSlice: LoweringRule<"dynamic_slice"> = (context, op) => {
  const [x, ...starts] = op.operands.map((operand) => context.source(operand).buffer);
  if (x === undefined) throw new Error("dynamic_slice has no operand");
  context.grouping.addKernel({
    kind: "window",
    operand: x,
    shape: operandOf(op, 0).type.shape,
    starts,
    sizes: op.attributes.sizes,
    update: undefined,
    result: context.define(resultOf(op)),
  });
};

export const dynamicUpdateSlice: LoweringRule<"dynamic_update_slice"> = (context, op) => {
  const [x, update, ...starts] = op.operands.map((operand) => context.source(operand).buffer);
  if (x === undefined || update === undefined) throw new Error("dynamic_update_slice lacks an operand");
  context.grouping.addKernel({
    kind: "window",
    operand: x,
    shape: operandOf(op, 0).type.shape,
    starts,
    sizes: operandOf(op, 1).type.shape,
    update,
    result: context.define(resultOf(op)),
  });
};
