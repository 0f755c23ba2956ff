// A split evaluated piece by piece, in order of its rows: what validation and the final evaluation share.

import { batches, type Split } from "@netwright/data";
import type { Executable, Sums } from "../executable/executable.ts";

export interface EvaluatedChunk {
  /** First row of the chunk in the split. */
  readonly start: number;
  readonly rows: number;
  readonly sums: Sums;
}

/** `chunk` rows at a time; the program has an `evaluate` function of that size and of the remainder's. */
export function* evaluateChunks(
  executable: Executable,
  split: Split,
  chunk: number,
): Generator<EvaluatedChunk> {
  const features = split.x.length / split.rows;
  const outputs = split.y.length / split.rows;
  for (const { start, count } of batches(split.rows, chunk)) {
    const sums = executable.evaluate({
      rows: count,
      x: split.x.subarray(start * features, (start + count) * features),
      y: split.y.subarray(start * outputs, (start + count) * outputs),
    });
    yield { start, rows: count, sums };
  }
}
