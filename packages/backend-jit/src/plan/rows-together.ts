// How many rows a pass has in its lanes at a time, and how many blocks of each.

import { REDUCE_BLOCK } from "@netwright/ir";
import type { PointwiseBody } from "../kernels/body.ts";
import type { ReduceKernel } from "../kernels/reduce.ts";
import { instructionsOf } from "../threads/work.ts";
import { isInOrder } from "./reduce-loops.ts";

/** What lanes have at a time: so many blocks of each of so many rows; a multiple of four in all, or one row. */
export interface Together {
  readonly rows: number;
  readonly blocks: number;
}

/** Instructions on four lanes that take longer than four additions that wait for one another. */
const LONG = 8;
/** From so many elements on a row alone is as good where their order does not matter. */
const LONG_ROW = 256;

/**
 * The most at a time first; one row where there is none. As many blocks of one row as can be: rows of a strip then fit in the
 * nearest cache. What comes from `far` is read in runs as long as rows, which are fetched ahead (measured by bench/rows.mjs).
 */
export function togetherIn(
  { ops }: PointwiseBody,
  length: number,
  reductions: readonly ReduceKernel[],
  far: boolean,
): readonly Together[] {
  const blocks = !far && length > REDUCE_BLOCK && length % REDUCE_BLOCK === 0 ? length / REDUCE_BLOCK : 1;
  const of = (lanes: number): Together => {
    const some = [8, 4, 2].find((each) => each <= lanes && blocks % each === 0) ?? 1;
    return { rows: lanes / some, blocks: some };
  };
  if (!reductions.some(isInOrder)) return length < LONG_ROW ? [{ rows: 4, blocks: 1 }] : [];
  const instructions = ops.reduce((sum, { op }) => sum + instructionsOf(op.name), 0);
  return reductions.length > 1 || instructions > LONG ? [of(4)] : [of(8), of(4)];
}
