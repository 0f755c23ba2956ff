// A split evaluated piece by piece, in order of its rows: what validation and the final evaluation share.

import { batches, type RowStore } from "@netwright/data";
import { ROW_WEIGHT } from "@netwright/ir";
import { type Executable, type Sums, sumsOf } from "../executable/executable.ts";

export interface EvaluatedChunk {
  /** First row of the chunk in the split. */
  readonly start: number;
  readonly rows: number;
  /** `prediction` is that of these rows alone. */
  readonly sums: Sums;
}

/**
 * `chunk` rows at a time, for which the program has an `evaluate` function. The last piece is filled up with rows of
 * weight 0, which count nothing: so one function serves splits of any size, and the sums have the same bits.
 */
export function* evaluateChunks(
  executable: Executable,
  store: RowStore,
  chunk: number,
): Generator<EvaluatedChunk> {
  for (const { start, count } of batches(store.rows, chunk)) {
    yield { start, rows: count, sums: evaluateRows(executable, store, chunk, start, count) };
  }
}

/** `count` rows from `start` on, at most `chunk`. */
export function evaluateRows(
  executable: Executable,
  store: RowStore,
  chunk: number,
  start: number,
  count: number,
): Sums {
  const invocation = executable.invocation("evaluate", chunk);
  const { inputs } = invocation;
  const weighted = store.fields.some(({ name }) => name === ROW_WEIGHT);
  const fields = [...inputs].filter(([name]) => name !== ROW_WEIGHT || weighted);
  store.gather(null, start, count, new Map(fields));
  // Zeros behind the last row: what another split has left there would be computed for nothing, and may overflow.
  for (const [, input] of fields) input.fill(0, (input.length / chunk) * count);
  const weights = inputs.get(ROW_WEIGHT);
  if (weights !== undefined && !weighted) weights.fill(1, 0, count).fill(0, count);
  invocation.run();
  const sums = sumsOf(invocation);
  return { ...sums, prediction: sums.prediction.subarray(0, (sums.prediction.length / chunk) * count) };
}

/** Rows of one `evaluate` call, at most. */
const LARGEST_CHUNK = 256;

/** And at least, where a split has so many: a large split should not go by the rows of a tiny one. */
const LEAST_CHUNK = 32;

/**
 * How many rows an `evaluate` function should take for splits of these sizes. The first that has rows decides, so that
 * what is evaluated most often comes first: it is cut into equal pieces, of which the last is hardly filled up.
 */
export function evaluateChunk(sizes: readonly number[]): number {
  const rows = sizes.find((size) => size > 0) ?? 1;
  const even = Math.ceil(rows / Math.ceil(rows / LARGEST_CHUNK));
  return Math.max(even, Math.min(LEAST_CHUNK, Math.max(...sizes, 1)));
}
