// broadcast_in_dim: every result element reads the operand element whose index is its own along the mapped
// dimensions, and 0 where the operand has size 1.

import { at } from "@netwright/ir";
import { offsetsOf, rowMajorStrides } from "../offsets.ts";
import { elementAt, onlyType, operandAt, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

export const broadcastInDim: Kernel<"broadcast_in_dim"> = (operands, { shape, dimensions }, results) => {
  const x = operandAt(operands, 0);
  const operandStrides = rowMajorStrides(x.type.shape);
  const strides = shape.map(() => 0);
  dimensions.forEach((resultDimension, d) => {
    if (x.type.shape[d] !== 1) strides[resultDimension] = at(operandStrides, d);
  });
  const source = offsetsOf(shape, strides);
  const result = zeros(onlyType(results));
  for (let i = 0; i < source.length; i++) result.data[i] = elementAt(x.data, elementAt(source, i));
  return [result];
};
