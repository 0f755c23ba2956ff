// Index arithmetic of all kernels that move elements: for every index of a shape, in row-major order, the
// place of its element in some array. Materialised as a list, so that a kernel is one plain loop over it.

import { at, sizeOf } from "@netwright/ir";

/** Elements to skip in a dense row-major array for one step along each dimension. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = at(strides, d + 1) * at(shape, d + 1);
  return strides;
}

/** start + sum over d of index[d] * strides[d], for every index of `shape` in row-major order. */
export function offsetsOf(shape: readonly number[], strides: readonly number[], start = 0): Int32Array {
  const offsets = new Int32Array(sizeOf(shape));
  let next = 0;
  const visit = (dimension: number, offset: number): void => {
    if (dimension === shape.length) {
      offsets[next++] = offset;
      return;
    }
    const size = at(shape, dimension);
    const stride = at(strides, dimension);
    for (let i = 0; i < size; i++) visit(dimension + 1, offset + i * stride);
  };
  visit(0, start);
  return offsets;
}
