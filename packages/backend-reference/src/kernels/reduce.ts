// reduce: one accumulator for each result element, starting at the identity, which takes the operand's
// elements in row-major order; in f32 each step is rounded. That order is the meaning of the operation.

import { reduction } from "@netwright/ir";
import { offsetsOf, rowMajorStrides } from "../offsets.ts";
import { onlyType, operandAt, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

export const reduce: Kernel<"reduce"> = (operands, { kind, dimensions }, results) => {
  const x = operandAt(operands, 0);
  const result = zeros(onlyType(results));
  const { identity, combine } = reduction(kind, x.type.dtype);
  result.data.fill(identity);

  // The result's stride along each operand dimension; 0 along those that go away.
  const resultStrides = rowMajorStrides(result.type.shape);
  let kept = 0;
  const strides = x.type.shape.map((_, d) => (dimensions.includes(d) ? 0 : (resultStrides[kept++] ?? 0)));

  const target = offsetsOf(x.type.shape, strides);
  for (let i = 0; i < target.length; i++) {
    const t = target[i] ?? 0;
    result.data[t] = combine(result.data[t] ?? 0, x.data[i] ?? 0);
  }
  return [result];
};
