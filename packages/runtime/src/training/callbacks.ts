// What a training tells while it runs. Callbacks are called synchronously; an exception in one ends the training.

import type { HistoryLine } from "./history.ts";
import type { TrainingResult } from "./result.ts";

export interface StartEvent {
  readonly epochs: number;
  /** Steps in an epoch. */
  readonly steps: number;
  /** Rows in an epoch. */
  readonly rows: number;
  /** Where training starts: 1 and 0 unless it is resumed. */
  readonly epoch: number;
  readonly step: number;
}

export interface StepEvent {
  readonly epoch: number;
  /** Steps done in the epoch. */
  readonly step: number;
  readonly steps: number;
  /** Rows of the step. */
  readonly rows: number;
  /** Mean over the rows of the epoch so far. */
  readonly loss: number;
}

export interface EpochEvent extends HistoryLine {
  /** Whether this is the best epoch so far; `false` without early stopping. */
  readonly improved: boolean;
}

export interface TrainingCallbacks {
  readonly onStart?: (event: StartEvent) => void;
  /** After every step: thousands in a second with a small network, so do little here. */
  readonly onStep?: (event: StepEvent) => void;
  readonly onEpoch?: (event: EpochEvent) => void;
  readonly onEnd?: (result: TrainingResult) => void;
}
