// A program that the kit is given to train.

import type { Program } from "@netwright/ir";
import type { Batch } from "@netwright/runtime";

export interface TrainedProgram {
  /** Unique among those that are given: `layer/dense`. */
  readonly name: string;
  /** Has `init`, and for the rows of the batch `step`, `predict` and `evaluate`. */
  readonly program: Program;
  /** Everything that these functions are fed. */
  readonly batch: Batch;
}
