// reduce: the elements of each result in row-major order, in blocks; that order is the meaning of the operation,
// see `reducer`.

import { at, offsetsOf, reducedStrides, reducer } from "@netwright/ir";
import { onlyType, operandAt, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

export const reduce: Kernel<"reduce"> = (operands, { kind, dimensions }, results) => {
  const x = operandAt(operands, 0);
  const result = zeros(onlyType(results));
  const { take, finish } = reducer(kind, x.type.dtype, result.data.length);

  const target = offsetsOf(x.type.shape, reducedStrides(x.type.shape, dimensions));
  for (let i = 0; i < target.length; i++) take(at(target, i), at(x.data, i));
  result.data.set(finish());
  return [result];
};
