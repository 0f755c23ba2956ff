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

/** So many elements, and how many to skip for a step from one to the next. */
export interface Run {
  readonly size: number;
  readonly stride: number;
}

/** Elements to skip for each step along several dimensions as one, where that is one number. */
export function linearStride(runs: readonly Run[]): number | undefined {
  if (runs.length > 1) return undefined;
  return runs[0]?.stride ?? 0;
}

export function sizeOfRuns(runs: readonly Run[]): number {
  return runs.reduce((product, { size }) => product * size, 1);
}

/** The dimensions of a row-major array, in the order given. */
export function runsOf(shape: readonly number[], dimensions: readonly number[]): Run[] {
  const strides = rowMajorStrides(shape);
  return dimensions.map((d) => ({ size: at(shape, d), stride: at(strides, d) }));
}

/**
 * Lists of runs of the same sizes with as few runs as possible: those of size 1 are left out, and neighbours that
 * one stride visits in every list count as one.
 */
export function mergedRuns(...lists: readonly (readonly Run[])[]): Run[][] {
  const merged = lists.map((): Run[] => []);
  const [first = []] = lists;
  first.forEach(({ size }, d) => {
    if (size === 1) return;
    const isOne = merged.every((runs, i) => {
      const last = runs.at(-1);
      return last !== undefined && last.stride === at(at(lists, i), d).stride * size;
    });
    merged.forEach((runs, i) => {
      const run = at(at(lists, i), d);
      const last = runs.at(-1);
      if (isOne && last !== undefined) runs[runs.length - 1] = { ...run, size: last.size * size };
      else runs.push(run);
    });
  });
  return merged;
}
