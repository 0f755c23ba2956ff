// How the work of one kernel is divided among threads: in units, of which each thread takes a run of neighbours.
// Every result is computed whole by one thread, in the order that one thread alone would take, so that no bit
// depends on the number of threads.

import { REDUCE_BLOCK } from "@netwright/ir";
import { type GemmEngine, tilesAcross } from "../emit/gemm/index.ts";
import type { ContractionKernel, Kernel, PointwiseBody } from "../plan/kernel.ts";
import { isEmpty, isVectorProduct, productPlan } from "../plan/product.ts";
import { reduceLoops } from "../plan/reduce-loops.ts";

export interface Sharing {
  readonly threads: number;
  /** Columns or results of a unit: a multiple of 4. */
  readonly line: number;
}

/**
 * What is divided
 * - of a contraction: `batch`; `tiles` across; `chunks` of rows
 * - of a map: `rows`, or `columns` in every row
 * - of a reduction: the outermost kept dimension as `rows`, `columns` of neighbouring results, or groups of `blocks`
 *   of the only result
 * - of random numbers: `blocks`
 */
export interface Share {
  readonly by: "batch" | "tiles" | "chunks" | "rows" | "columns" | "blocks";
  readonly units: number;
  /** Rows, columns, words of a unit; the last one may have fewer. */
  readonly size: number;
}

/** Columns or results of a unit: a cache line of them, and four vectors. */
export const LINE = 16;
/**
 * Blocks of a reduction in a unit: two vectors of them. More would lie in the same few sets of the nearest cache
 * (measured by bench/reduce.mjs: 16 take a third longer than 8).
 */
export const BLOCKS_TOGETHER = 8;
/** Random words of a unit: what four vectors of counters make. */
const WORDS = 16;
/** Chunks of rows all pack the same operand, and double the code. */
const CHUNK_PENALTY = 1.25;

/** The part of the work that the busiest thread has. */
export function largestPart({ units }: Share, threads: number): number {
  return units === 0 ? 1 : Math.ceil(units / threads) / units;
}

/** Undefined for what is not divided. */
export function shareOf(kernel: Kernel, sharing: Sharing, engine: GemmEngine): Share | undefined {
  const share = divide(kernel, sharing, engine);
  return share !== undefined && share.units > 1 ? share : undefined;
}

function divide(kernel: Kernel, sharing: Sharing, engine: GemmEngine): Share | undefined {
  switch (kernel.kind) {
    case "map":
      return mapShare(kernel.body, sharing);
    case "contraction":
      if (isEmpty(kernel)) return mapShare(kernel.body, sharing);
      return isVectorProduct(kernel) ? undefined : contractionShare(kernel, sharing, engine);
    case "reduce": {
      const { outer, inner, lines } = reduceLoops(kernel);
      const [first] = outer;
      if (lines?.count === 1) {
        const size = REDUCE_BLOCK * BLOCKS_TOGETHER;
        return { by: "blocks", units: Math.floor(lines.length / size), size };
      }
      if (first !== undefined) return { by: "rows", units: first.size, size: 1 };
      return { by: "columns", units: Math.ceil(inner / sharing.line), size: sharing.line };
    }
    case "random":
      return { by: "blocks", units: Math.ceil(kernel.size / WORDS), size: WORDS };
    case "move":
      return undefined;
  }
}

function mapShare({ rows, columns }: PointwiseBody, { threads, line }: Sharing): Share {
  return rows >= 4 * threads
    ? { by: "rows", units: rows, size: 1 }
    : { by: "columns", units: Math.ceil(columns / line), size: line };
}

function contractionShare(kernel: ContractionKernel, { threads, line }: Sharing, engine: GemmEngine): Share {
  const plan = productPlan(kernel, engine);
  const width = 4 * plan.tile.vectors;
  const tiles: Share = { by: "tiles", units: tilesAcross(plan), size: width };
  // The last tile may be narrow.
  const tilesPart = Math.min(1, (Math.ceil(tiles.units / threads) * width) / kernel.columns);
  const batch: Share = { by: "batch", units: kernel.batch, size: 1 };
  const multiple = line / 4;
  const rowsEach = multiple * Math.ceil(kernel.rows / threads / multiple);
  const chunks: Share = { by: "chunks", units: Math.ceil(kernel.rows / rowsEach), size: rowsEach };
  const ways = [
    { share: batch, part: largestPart(batch, threads) },
    { share: tiles, part: tilesPart },
    { share: chunks, part: CHUNK_PENALTY * Math.min(1, rowsEach / kernel.rows) },
  ];
  return ways.reduce((best, way) => (way.part < best.part ? way : best)).share;
}

/** Products of so many rows are emitted for the kernel: one size, or whole chunks and the rest. */
export function chunkRows({ rows }: ContractionKernel, share: Share | undefined): readonly number[] {
  if (share?.by !== "chunks") return [rows];
  const rest = rows % share.size;
  return rest === 0 ? [share.size] : [share.size, rest];
}
