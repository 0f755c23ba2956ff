// What a training needs to know. Everything that decides the result is here; callbacks and signal only watch and stop.

import { batches, type Split } from "@netwright/data";
import type { SplitName } from "@netwright/definitions";
import type { StateVariable } from "@netwright/ir";
import type { NamedTensors } from "../backend/backend.ts";
import type { Measure } from "../evaluation/evaluate-split.ts";
import type { Executable } from "../executable/executable.ts";
import { problem, type RuntimeProblem } from "../problem/problem.ts";
import type { TrainingCallbacks } from "./callbacks.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ChosenMembers } from "./choose-members.ts";
import type { StopRule } from "./early-stopping.ts";
import type { Checkpointing } from "./keep-checkpoints.ts";

export type Splits = Readonly<Record<SplitName, Split>>;

/** Gives every layer's output. Asked for when a number has stopped being finite, which few trainings see. */
export interface Tracer {
  /** Of its `trace` function. */
  readonly rows: number;
  /** A program whose state is among that of the plan's, on the same backend. */
  readonly compile: () => Promise<Executable>;
}

export interface TrainingPlan {
  /** Of a program with `step` functions for the sizes that `batchSizes` gives, and one `evaluate` function. */
  readonly executable: Executable;
  /** The program's `state`. */
  readonly variables: readonly StateVariable[];
  /** A split without rows is left out. */
  readonly splits: Splits;
  /** The training rows that are measured, where training goes through others as well; those of `splits.train` where it is absent. */
  readonly measured?: Split;
  readonly measure: Measure;
  /** Rows of a training step. */
  readonly batch: number;
  /** Steps of one update, for which the program has an `accumulate` function of `batch` rows. Default: 1. */
  readonly accumulate?: number;
  /** Rows of the `evaluate` function. Part of what decides the bits of the validation loss. */
  readonly evaluateBatch: number;
  /** Without it, a failure names no layer. */
  readonly tracer?: Tracer;
  readonly epochs: number;
  /** Of the initial weights and of the order of rows; an unsigned 32-bit number. */
  readonly seed: number;
  readonly stop: StopRule | null;
  /** Written over the initial weights before the first step; variables of the state by name. */
  readonly initial?: NamedTensors;
  /**
   * What is written into the state after an epoch, variables of the role `control` by name, where the validation losses so far
   * decide it.
   */
  readonly control?: (losses: readonly number[]) => NamedTensors;
  /** Members of an ensemble in the network that are chosen by the validation loss, once training is done. */
  readonly choose?: ChosenMembers;
  readonly callbacks?: TrainingCallbacks;
  /** When it aborts, training stops after the step that is running. */
  readonly signal?: AbortSignal;
  readonly resume?: Checkpoint;
  /** Checkpoints while training goes on. */
  readonly checkpoints?: Checkpointing;
  /**
   * Another executable of the same program, where the first one is lost under way, as when a thread of it has ended: then training is
   * interrupted, and the state of the last snapshot is evaluated on this one. The first one is not used any more, and may be disposed of
   * before. Where there can be no other, training is interrupted and nothing is evaluated.
   */
  readonly replacement?: () => Promise<Executable>;
  /** Milliseconds from some moment on; by default those of the machine. */
  readonly now?: () => number;
}

/** The distinct numbers of rows that going through `rows` by `size` needs functions for: `size` and the remainder. */
export function batchSizes(rows: number, size: number): number[] {
  return [...new Set(batches(rows, size).map(({ count }) => count))];
}

/** What is wrong with a plan and a user can mend in the `.net` file. `train` throws on a plan with problems. */
export function checkPlan({
  splits,
  stop,
  control,
  choose,
}: Pick<TrainingPlan, "splits" | "stop" | "control" | "choose">): RuntimeProblem[] {
  const problems: RuntimeProblem[] = [];
  if (splits.train.rows === 0) {
    problems.push(
      problem("NW0803", "The training split has no rows.", "Raise the share of `train` in `split`."),
    );
  }
  if (choose !== undefined && splits.validation.rows === 0) {
    problems.push(
      problem(
        "NW0802",
        "Members are chosen by the validation loss, and the validation split has no rows.",
        "Give `validation` a share in `split`, or let all members predict: `choose: all`.",
      ),
    );
  }
  if (stop !== null && splits.validation.rows === 0) {
    problems.push(
      problem(
        "NW0802",
        "`stop: early(...)` watches the validation loss, and the validation split has no rows.",
        "Give `validation` a share in `split`, or remove `stop`.",
      ),
    );
  }
  if (control !== undefined && splits.validation.rows === 0) {
    problems.push(
      problem(
        "NW0802",
        "The learning rate goes by the validation loss, and the validation split has no rows.",
        "Give `validation` a share in `split`, or another learning rate.",
      ),
    );
  }
  return problems;
}
