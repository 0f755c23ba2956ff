// reduce: the elements of each result in row-major order, in blocks; that order is the meaning of the operation,
// see `reducer`.

import { at, reducer } from "@netwright/ir";
import { offsetsOf, rowMajorStrides } from "../offsets.ts";
import { onlyType, operandAt, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

export const reduce: Kernel<"reduce"> = (operands, { kind, dimensions }, results) => {
  const x = operandAt(operands, 0);
  const result = zeros(onlyType(results));
  const { take, finish } = reducer(kind, x.type.dtype, result.data.length);

  // The result's stride along each operand dimension; 0 along those that go away.
  const resultStrides = rowMajorStrides(result.type.shape);
  let kept = 0;
  const strides = x.type.shape.map((_, d) => (dimensions.includes(d) ? 0 : at(resultStrides, kept++)));

  const target = offsetsOf(x.type.shape, strides);
  for (let i = 0; i < target.length; i++) take(at(target, i), at(x.data, i));
  result.data.set(finish());
  return [result];
};
