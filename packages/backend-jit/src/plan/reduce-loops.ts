// The loops of a reduction: neighbouring dimensions that are both kept or both reduced count as one.

import { at } from "@netwright/ir";
import type { ReduceKernel } from "../kernels/reduce.ts";
import { BLOCKS_TOGETHER } from "../threads/share.ts";
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
  /** Set where each result is made of neighbouring elements. */
  readonly lines: Lines | undefined;
}

/** `count` lines of `length` elements, one `bytes` behind the other. */
export interface Lines {
  readonly count: number;
  readonly bytes: number;
  readonly length: number;
}

/** Results of one unit where threads share the blocks: groups of blocks of a line, or one of all columns. */
export function blockResults({ inner, lines }: ReduceLoops): number {
  return lines === undefined ? 4 * Math.ceil(inner / 4) : BLOCKS_TOGETHER;
}

/** How many elements one result is made of. */
export function elementsOf(reduced: readonly ReduceLoop[]): number {
  return reduced.reduce((product, { size }) => product * size, 1);
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
  const outer = merged.filter((loop) => loop.kept && loop !== last);
  const reduced = merged.filter((loop) => !loop.kept);
  const [line, ...others] = reduced;
  return {
    outer,
    reduced,
    inner: last?.kept ? last.size : 1,
    lines:
      line !== undefined && line === last && others.length === 0
        ? { count: outer[0]?.size ?? 1, bytes: outer[0]?.bytes ?? 0, length: line.size }
        : undefined,
  };
}
