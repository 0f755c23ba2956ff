// How the work of one kernel is divided among threads: in units, of which each thread takes a run of neighbours.
// Every result is computed whole by one thread, in the order that one thread alone would take, so that no bit
// depends on the number of threads. How each kind is divided stands with the kind.

import type { BufferId } from "../kernels/rule.ts";

export interface Sharing {
  readonly threads: number;
  /** Columns or results of a unit: a multiple of 4. */
  readonly line: number;
}

/**
 * What is divided
 * - of a contraction: `batch`; `tiles` across; `chunks` of rows
 * - of products channel by channel: lines as `rows`, or `columns` of channels
 * - of a map: `rows`, or `columns` in every row
 * - of a reduction: the outermost kept dimension as `rows`, `columns` of neighbouring results, or `blocks`: of the
 *   only result groups of them, of few columns one by one
 * - of random numbers: `blocks`
 * - of copies: `rows`, steps of the outermost dimension of each box, or long runs of its only one; or equal `parts` of that
 * - of rows at indices: `rows` of the result, or `columns` in all of them
 * - of kernels over the same rows: strips of them as `rows`
 * - of choices from windows: images as `rows`
 * - of an element of a sequence: `blocks`
 * - of a loop: each of its `kernels` by itself, or all of them by the same rows
 */
export interface Share {
  readonly by: "batch" | "tiles" | "chunks" | "rows" | "columns" | "blocks" | "parts" | "kernels";
  readonly units: number;
  /** Rows, columns, words of a unit; the last one may have fewer. */
  readonly size: number;
  /** Of a loop: the rows that each thread does in all of its kernels. */
  readonly alike?: AlikeRows;
}

/**
 * Rows that several kernels have in common, in as many equal units as there are threads. Where each kernel is divided by them, a thread
 * goes on with what it has made itself.
 */
export interface AlikeRows {
  readonly count: number;
  readonly units: number;
}

/** How a kernel is shared by such rows. */
export interface ShareAlike {
  readonly share: Share;
  /** The arrays of which a thread touches what belongs to its own units, and nothing else. */
  readonly own: ReadonlyMap<BufferId, OwnUnits>;
}

/** One unit behind the other, from the start of the array, or of the element that a step of a loop has of it. */
export interface OwnUnits {
  /** Of a unit. */
  readonly bytes: number;
  readonly inSteps: boolean;
}

/** Columns or results of a unit: a cache line of them, and four vectors. */
export const LINE = 16;
/**
 * Blocks of a reduction in a unit: two vectors of them. More would lie in the same few sets of the nearest cache
 * (measured by bench/reduce.mjs: 16 take a third longer than 8).
 */
export const BLOCKS_TOGETHER = 8;

/** The part of the work that the busiest thread has. */
export function largestPart({ units }: Share, threads: number): number {
  return units === 0 ? 1 : Math.ceil(units / threads) / units;
}
