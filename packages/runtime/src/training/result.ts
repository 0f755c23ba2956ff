// How a training ended and what it leaves.

import type { BackendError, NamedTensors } from "../backend/backend.ts";
import type { Evaluations } from "../evaluation/evaluate-split.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { History } from "./history.ts";
import type { NonFiniteFailure } from "./non-finite/failure.ts";

export type Ending =
  | { readonly status: "completed" }
  | { readonly status: "stopped_early" }
  | {
      readonly status: "interrupted";
      readonly checkpoint: Checkpoint;
      /** What ended it, where that was no request. */
      readonly fault?: BackendError;
    }
  | {
      readonly status: "non_finite";
      readonly failure: NonFiniteFailure;
      /** The whole state before the step that went wrong. */
      readonly lastGood: NamedTensors;
    };

export type TrainingStatus = Ending["status"];
export const trainingStatuses = [
  "completed",
  "stopped_early",
  "interrupted",
  "non_finite",
] as const satisfies readonly TrainingStatus[];

export type TrainingResult = Ending & {
  /**
   * The weights of the best epoch with early stopping, once it has validated an epoch; otherwise the last
   * ones, or the last finite ones. The executable holds them too.
   */
  readonly weights: NamedTensors;
  /** The epoch that the weights are from, with early stopping. */
  readonly best: { readonly epoch: number; readonly loss: number } | null;
  readonly history: History;
  /** Of `weights` on every split; all null where what computes was lost and nothing could take its place. */
  readonly evaluations: Evaluations;
  /** Time spent in this call on training, with validation and without the final evaluation. */
  readonly seconds: number;
};
