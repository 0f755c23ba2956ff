// Host kernel of reduce: the elements of each result in row-major order, in blocks, as the IR defines.

import {
  at,
  type ElementType,
  type ReduceKind,
  reducedStrides,
  reducer,
  rowMajorStrides,
} from "@netwright/ir";
import type { HostBody } from "../device/device.ts";

export function reduceBody(
  kind: ReduceKind,
  dtype: ElementType,
  shape: readonly number[],
  dimensions: readonly number[],
): HostBody {
  const steps = reducedStrides(shape, dimensions);
  // For each dimension the size and the strides of operand and result.
  const walk = rowMajorStrides(shape).map((stride, d) => ({
    size: at(shape, d),
    stride,
    step: at(steps, d),
  }));
  return ([x], [out]) => {
    if (x === undefined || out === undefined) return;
    const { take, finish } = reducer(kind, dtype, out.length);
    for (let i = 0; i < x.length; i++) {
      let result = 0;
      for (const { size, stride, step } of walk) result += (Math.floor(i / stride) % size) * step;
      take(result, at(x, i));
    }
    out.set(finish());
  };
}
