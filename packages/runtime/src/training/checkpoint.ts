// Everything an interrupted training needs to go on as if nothing had happened.

import type { NamedTensors } from "../backend/backend.ts";
import type { History } from "./history.ts";

export interface BestWeights {
  readonly epoch: number;
  /** Validation loss of that epoch. */
  readonly loss: number;
  readonly weights: NamedTensors;
}

/** Where a training stands between two steps. */
export interface Progress {
  /** The epoch under way, counted from 1. */
  readonly epoch: number;
  /** Steps done in it. When all are done, its validation is still to come. */
  readonly step: number;
  /** Sum over these steps of loss times rows, in 64 bits. */
  readonly lossSum: number;
  /** Time spent in the epoch; the only part that a repeated run does not reproduce. */
  readonly seconds: number;
  /** `null` without early stopping and before the first validation. */
  readonly best: BestWeights | null;
  /** Epochs since the best one. */
  readonly waited: number;
}

export interface Checkpoint extends Progress {
  /** The epochs that are complete: one less than that under way. */
  readonly history: History;
  /** The whole state: weights, what the optimizer keeps, counters, random state. */
  readonly state: NamedTensors;
}
