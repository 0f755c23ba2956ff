// The loops of a reduction, by how its results and their elements lie.

import type { ReduceKernel } from "../kernels/reduce.ts";
import { BLOCKS_TOGETHER } from "../threads/share.ts";
import type { Run } from "./strides.ts";

export interface ReduceLoop {
  readonly size: number;
  /** For one step. */
  readonly bytes: number;
}

export interface ReduceLoops {
  /** Kept axes in order, without the innermost one of `inner`. */
  readonly outer: readonly ReduceLoop[];
  readonly reduced: readonly ReduceLoop[];
  /** How many neighbouring results have neighbouring elements; 1 where they have none. */
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

/** Whether another order of the elements may give another result: sums and products that are rounded. */
export function isInOrder({ reduce, dtype }: ReduceKernel): boolean {
  return dtype === "f32" && (reduce === "sum" || reduce === "product");
}

export function reduceLoops({ kept, reduced }: ReduceKernel): ReduceLoops {
  const loops = reduced.map(loopOf);
  const last = kept.at(-1);
  const hasNeighbours = last?.stride === 1;
  const line = loops[0];
  const each = kept[0];
  const isLines = !hasNeighbours && loops.length <= 1 && kept.length <= 1 && line?.bytes === 4;
  return {
    outer: (hasNeighbours ? kept.slice(0, -1) : kept).map(loopOf),
    reduced: loops,
    inner: hasNeighbours ? last.size : 1,
    lines: isLines
      ? { count: each?.size ?? 1, bytes: 4 * (each?.stride ?? 0), length: line.size }
      : undefined,
  };
}

function loopOf({ size, stride }: Run): ReduceLoop {
  return { size, bytes: 4 * stride };
}
