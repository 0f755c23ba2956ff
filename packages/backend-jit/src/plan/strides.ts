// Index arithmetic of row-major arrays.

import { at, rowMajorStrides } from "@netwright/ir";

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

/** Each dimension of a row-major array by itself. */
export function denseRuns(shape: readonly number[]): Run[][] {
  const strides = rowMajorStrides(shape);
  return shape.map((size, d) => [{ size, stride: at(strides, d) }]);
}

/**
 * The same elements in the same order, seen in another shape: which runs make up each dimension of it. Undefined where a
 * dimension would end within a run.
 */
export function reshapedRuns(
  dimensions: readonly (readonly Run[])[],
  shape: readonly number[],
): Run[][] | undefined {
  const [left = []] = mergedRuns(dimensions.flat());
  const result: Run[][] = [];
  // From the last dimension on, each takes what it needs of the last runs.
  for (const size of [...shape].reverse()) {
    const own: Run[] = [];
    let needed = size;
    while (needed > 1) {
      const run = left.pop();
      if (run === undefined) return undefined;
      const taken = Math.min(run.size, needed);
      if (run.size % taken !== 0 || needed % taken !== 0) return undefined;
      own.unshift({ size: taken, stride: run.stride });
      if (run.size > taken) left.push({ size: run.size / taken, stride: run.stride * taken });
      needed /= taken;
    }
    result.unshift(own);
  }
  return result;
}

/** As many elements in both, cut into runs of the same sizes; undefined where these do not divide one another. */
export function cutAlike(
  left: readonly Run[],
  right: readonly Run[],
): readonly (readonly Run[])[] | undefined {
  if (left.length === right.length && left.every(({ size }, i) => size === right[i]?.size)) {
    return [left, right];
  }
  const sizes = commonSizes(
    left.map(({ size }) => size),
    right.map(({ size }) => size),
  );
  const a = sizes && reshapedRuns([left], sizes)?.flat();
  const b = sizes && reshapedRuns([right], sizes)?.flat();
  return a === undefined || b === undefined ? undefined : [a, b];
}

/** Into which both can be cut. Takes them away. */
function commonSizes(ones: number[], others: number[]): number[] | undefined {
  const sizes: number[] = [];
  while (ones.length > 0 || others.length > 0) {
    const [one = 1, other = 1] = [ones.pop(), others.pop()];
    const size = Math.min(one, other);
    if (size === 1) {
      if (one > 1) ones.push(one);
      if (other > 1) others.push(other);
      continue;
    }
    if (one % size !== 0 || other % size !== 0) return undefined;
    sizes.unshift(size);
    if (one > size) ones.push(one / size);
    if (other > size) others.push(other / size);
  }
  return sizes;
}

/**
 * Lists of runs of the same sizes with as few runs as possible: those of size 1 are left out, and neighbours that
 * one stride visits in every list count as one.
 */
export function mergedRuns(...lists: readonly (readonly Run[])[]): Run[][] {
  const merged = lists.map((): Run[] => []);
  const first = lists[0] ?? [];
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
