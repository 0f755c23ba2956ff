// Where the elements of a tensor lie: in row-major order, so that all moving of elements can be said with strides. Element
// (c0, c1, ...) stands at start + c0 * strides[0] + c1 * strides[1] + ...

import { at } from "@netwright/definitions";
import { sizeOf } from "../core/types.ts";

/** Elements to skip in a dense row-major array for one step along each dimension. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = at(strides, d + 1) * at(shape, d + 1);
  return strides;
}

/** The sum over dimensions of index times stride. */
export function offsetOf(index: readonly number[], strides: readonly number[]): number {
  return index.reduce((offset, i, d) => offset + i * at(strides, d), 0);
}

/** Those of all indices of `shape`, in row-major order: as a list, so that a kernel is one plain loop over it. */
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

/** Those of all indices along some dimensions of a dense tensor, row-major over them in the order given. */
export function offsetsAlong(shape: readonly number[], dimensions: readonly number[]): Int32Array {
  const strides = rowMajorStrides(shape);
  return offsetsOf(
    dimensions.map((d) => at(shape, d)),
    dimensions.map((d) => at(strides, d)),
  );
}

/** Where an element goes that is reduced over some dimensions: along these the result stays the same. */
export function reducedStrides(shape: readonly number[], dimensions: readonly number[]): number[] {
  const kept = [...shape.keys()].filter((d) => !dimensions.includes(d));
  const strides = rowMajorStrides(kept.map((d) => at(shape, d)));
  return shape.map((_, d) => (dimensions.includes(d) ? 0 : at(strides, kept.indexOf(d))));
}
