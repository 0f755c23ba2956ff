// Index arithmetic of row-major arrays.

import { at } from "@netwright/ir";

/** Elements to skip for one step along each dimension. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = at(strides, d + 1) * at(shape, d + 1);
  return strides;
}

/** The sum over dimensions of index times stride. */
export function offsetOf(index: readonly number[], strides: readonly number[]): number {
  return index.reduce((offset, i, d) => offset + i * at(strides, d), 0);
}

export interface Run {
  readonly size: number;
  readonly stride: number;
}

/**
 * Several dimensions, in the order given, as one: its size, and the elements to skip for a step. Undefined where
 * no single stride visits them in row-major order.
 */
export function mergeDimensions(shape: readonly number[], dimensions: readonly number[]): Run | undefined {
  const strides = rowMajorStrides(shape);
  const wide = dimensions.filter((d) => shape[d] !== 1);
  const runs = wide.map((d) => ({ size: at(shape, d), stride: at(strides, d) }));
  let merged: Run = { size: 1, stride: 0 };
  for (const run of runs.reverse()) {
    if (merged.size === 1) merged = run;
    else if (run.stride === merged.stride * merged.size) {
      merged = { size: merged.size * run.size, stride: merged.stride };
    } else return undefined;
  }
  return merged;
}
