// dynamic_slice and dynamic_update_slice: the elements of a box whose place is clamped to the tensor.

import { at, offsetsOf, rowMajorStrides } from "@netwright/ir";
import { onlyType, operandAt, type Tensor, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

/** The places in x of the elements of a box. */
function boxIn(x: Tensor, sizes: readonly number[], starts: readonly Tensor[]): Int32Array {
  const strides = rowMajorStrides(x.type.shape);
  const first = sizes.reduce((offset, size, d) => {
    const room = at(x.type.shape, d) - size;
    const start = Math.min(Math.max(at(at(starts, d).data, 0), 0), room);
    return offset + start * at(strides, d);
  }, 0);
  return offsetsOf(sizes, strides, first);
}

export const dynamicSlice: Kernel<"dynamic_slice"> = (operands, { sizes }, results) => {
  const x = operandAt(operands, 0);
  const result = zeros(onlyType(results));
  boxIn(x, sizes, operands.slice(1)).forEach((source, i) => {
    result.data[i] = at(x.data, source);
  });
  return [result];
};

export const dynamicUpdateSlice: Kernel<"dynamic_update_slice"> = (operands, _, results) => {
  const [x, update] = [operandAt(operands, 0), operandAt(operands, 1)];
  const result = zeros(onlyType(results));
  result.data.set(x.data);
  boxIn(x, update.type.shape, operands.slice(2)).forEach((target, i) => {
    result.data[target] = at(update.data, i);
  });
  return [result];
};
