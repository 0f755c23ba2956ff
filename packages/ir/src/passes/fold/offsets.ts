// Walks over tensors in row-major order by strides, in which all data movement can be said: element
// (c0, c1, ...) stands at base + c0 * strides[0] + c1 * strides[1] + ...

import { at } from "@netwright/definitions";

/** Row-major strides of a shape: the last is 1. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const size of [...shape].reverse()) {
    strides.push(stride);
    stride *= size;
  }
  return strides.reverse();
}

/** The offsets of all elements of the shape, in row-major order of their indices. */
export function offsets(shape: readonly number[], strides: readonly number[], base = 0): readonly number[] {
  let result: readonly number[] = [base];
  shape.forEach((size, d) => {
    const stride = at(strides, d);
    result = result.flatMap((offset) => Array.from({ length: size }, (_, i) => offset + i * stride));
  });
  return result;
}
