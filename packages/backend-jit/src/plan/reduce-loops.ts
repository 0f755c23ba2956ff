// The loops of a reduction: neighbouring dimensions that are both kept or both reduced count as one.

import { at } from "@netwright/ir";
import type { ReduceKernel } from "./kernel.ts";
import { rowMajorStrides } from "./strides.ts";

export interface ReduceLoop {
  readonly size: number;
  /** For one step. */
  readonly bytes: number;
}

export interface ReduceLoops {
  /** Kept dimensions in order, without the innermost one of `inner`. */
  readonly outer: readonly ReduceLoop[];
  readonly reduced: readonly ReduceLoop[];
  /** How many neighbouring results have neighbouring elements; 1 where the innermost dimension is reduced. */
  readonly inner: number;
}

export function reduceLoops({ shape, dimensions }: ReduceKernel): ReduceLoops {
  const strides = rowMajorStrides(shape);
  const merged: (ReduceLoop & { readonly kept: boolean })[] = [];
  shape.forEach((size, d) => {
    const loop = { size, bytes: 4 * at(strides, d), kept: !dimensions.includes(d) };
    const last = merged.at(-1);
    if (size === 1) return;
    if (last !== undefined && last.kept === loop.kept) {
      merged[merged.length - 1] = { ...loop, size: last.size * size };
    } else {
      merged.push(loop);
    }
  });
  const last = merged.at(-1);
  return {
    outer: merged.filter((loop) => loop.kept && loop !== last),
    reduced: merged.filter((loop) => !loop.kept),
    inner: last?.kept ? last.size : 1,
  };
}
