// gather and scatter: their meaning on plain arrays stands in the IR.

import { gatherRows, scatterRows, sizeOf } from "@netwright/ir";
import { onlyType, operandAt, type Tensor, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

function rowsOf({ type: { shape } }: Tensor) {
  const [rows = 0, ...row] = shape;
  return { rows, columns: sizeOf(row) };
}

export const gather: Kernel<"gather"> = (operands, _, results) => {
  const [x, indices] = [operandAt(operands, 0), operandAt(operands, 1)];
  const result = zeros(onlyType(results));
  gatherRows(x.data, indices.data, result.data, rowsOf(x));
  return [result];
};

export const scatter: Kernel<"scatter"> = (operands, { kind }, results) => {
  const [x, indices, updates] = [operandAt(operands, 0), operandAt(operands, 1), operandAt(operands, 2)];
  const result = zeros(onlyType(results));
  result.data.set(x.data);
  scatterRows(kind, { x: result.data, indices: indices.data, updates: updates.data }, rowsOf(x));
  return [result];
};
