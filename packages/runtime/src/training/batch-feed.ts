// The training rows of any step of any epoch, always the same for the same seed: the loop reads them in
// order, and the search for a number that is not finite reads them again.

import { batches, permutation, type RowStore } from "@netwright/data";
import { at } from "@netwright/ir";
import { type Executable, type Invocation, numberOf } from "../executable/executable.ts";

export interface BatchFeed {
  /** Steps in an epoch. */
  readonly steps: number;
  /** How many rows a step sees, which counts from 0. */
  readonly count: (step: number) => number;
  /** Whether the weights change after this step, or only with a later one of the epoch. */
  readonly updates: (step: number) => boolean;
  /** Brings the rows of a step together, straight into the arrays of the function that takes them. */
  readonly fill: (epoch: number, step: number, inputs: Invocation["inputs"]) => void;
  /** The rows of the store that a step sees, in order. */
  readonly rows: (epoch: number, step: number) => Uint32Array;
}

/** `accumulate` batches make one update; what is left at the end of an epoch makes one of its own. */
export function createBatchFeed(store: RowStore, size: number, seed: number, accumulate = 1): BatchFeed {
  const cuts = batches(store.rows, size);
  let shuffled: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array(0) };

  function orderOf(epoch: number): Uint32Array {
    if (shuffled.epoch !== epoch) shuffled = { epoch, order: permutation(store.rows, seed, epoch) };
    return shuffled.order;
  }
  return {
    steps: cuts.length,
    count: (step) => at(cuts, step).count,
    updates: (step) => (step + 1) % accumulate === 0 || step === cuts.length - 1,
    fill(epoch, step, inputs) {
      const { start, count } = at(cuts, step);
      store.gather(orderOf(epoch), start, count, inputs);
    },
    rows(epoch, step) {
      const { start, count } = at(cuts, step);
      return orderOf(epoch).subarray(start, start + count);
    },
  };
}

/** One training step on the rows of `feed`, with an update or before it; gives its loss. */
export function stepOn(executable: Executable, feed: BatchFeed, epoch: number, step: number): number {
  const invocation = filled(executable, feed, epoch, step);
  invocation.run();
  return numberOf(invocation, "loss");
}

/** The function that takes a step, with its rows. */
export function filled(executable: Executable, feed: BatchFeed, epoch: number, step: number): Invocation {
  const invocation = executable.invocation(feed.updates(step) ? "step" : "accumulate", feed.count(step));
  feed.fill(epoch, step, invocation.inputs);
  return invocation;
}
