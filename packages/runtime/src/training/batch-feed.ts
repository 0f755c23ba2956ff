// The training rows of any step of any epoch, always the same for the same seed: the loop reads them in
// order, and the search for a number that is not finite reads them again.

import { batches, gather, permutation, type Split } from "@netwright/data";
import type { Batch } from "../executable/batch.ts";

export interface BatchFeed {
  /** Steps in an epoch. */
  readonly steps: number;
  /** `step` counts from 0. The arrays are used again by the next call. */
  readonly batch: (epoch: number, step: number) => Batch;
  /** The rows of the split that a step sees, in order. */
  readonly rows: (epoch: number, step: number) => Uint32Array;
}

export function createBatchFeed(split: Split, size: number, seed: number): BatchFeed {
  const cuts = batches(split.rows, size);
  const features = split.x.length / split.rows;
  const outputs = split.y.length / split.rows;
  const largest = Math.min(size, split.rows);
  const x = new Float32Array(largest * features);
  const y = new Float32Array(largest * outputs);
  let shuffled: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array(0) };

  function cut(epoch: number, step: number) {
    const range = cuts[step];
    if (range === undefined) throw new RangeError(`step ${step} of ${cuts.length}`);
    if (shuffled.epoch !== epoch) shuffled = { epoch, order: permutation(split.rows, seed, epoch) };
    return { ...range, order: shuffled.order };
  }
  return {
    steps: cuts.length,
    batch(epoch, step) {
      const { start, count, order } = cut(epoch, step);
      return {
        rows: count,
        x: gather(split.x, features, order, start, count, x),
        y: gather(split.y, outputs, order, start, count, y),
      };
    },
    rows(epoch, step) {
      const { start, count, order } = cut(epoch, step);
      return order.subarray(start, start + count);
    },
  };
}
