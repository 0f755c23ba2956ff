// Checkpoints of a training under way, as runs that were interrupted: what is handed to a store beside the run, when, and
// what of an earlier training is there already.

import type { StateVariable } from "@netwright/ir";
import {
  type BackendInfo,
  type Checkpoint,
  type Checkpointing,
  isFurther,
  type RunBundle,
  type SavedCheckpoint,
  type TrainingResult,
  weightsOf,
} from "@netwright/runtime";
import type { RunPlan } from "./plan-run.ts";
import { runName } from "./run-name.ts";
import { describeRun, type Trainable } from "./trained-run.ts";

/** Where checkpoints are: on a disk (`checkpointFolder`), or wherever else a run can be kept. */
export interface CheckpointStore {
  /** The one of the training of that name that has come furthest, unless there is none or that training is done. */
  readonly find: (name: string) => Promise<FoundCheckpoint | null>;
  /**
   * Puts it in the place of the one before, whole or not at all. Gives for how many milliseconds training
   * has stood still, besides the time until its first wait.
   */
  readonly keep: (name: string, bundle: RunBundle, variables: readonly StateVariable[]) => Promise<number>;
  /** Told of the first one that could not be copied, or with which `keep` has failed; training goes on. */
  readonly onFailure?: (name: string, error: unknown) => void;
  /** Whether training waits until each one is kept. */
  readonly waits?: boolean;
  /** Whether there are checkpoints by the time alone, of a training whose file asks for none. Default: true. */
  readonly byTime?: boolean;
}

export interface FoundCheckpoint extends SavedCheckpoint {
  /** What holds it, in words that resuming takes: a directory. */
  readonly place?: string;
}

/** How far a training has come that was ended before. */
export interface EarlierTraining {
  readonly name: string;
  /** What holds its checkpoint, where the store says so. */
  readonly place?: string;
  readonly epoch: number;
  readonly step: number;
  readonly epochs: number;
  /** Whether this training goes on with another checkpoint, which has not come as far. */
  readonly isResumed?: boolean;
}

export interface CheckpointOptions {
  readonly checkpoints?: CheckpointStore;
  /** Called before training when a checkpoint of the same training is there that is further than what it goes on with. */
  readonly onEarlier?: (found: EarlierTraining) => void;
}

/** For the training loop. `resumed` is what training goes on with. */
export async function checkpointing(
  trainable: Trainable,
  plan: RunPlan,
  backend: BackendInfo,
  { checkpoints: store, onEarlier }: CheckpointOptions,
  platform: Readonly<Record<string, string>> | undefined,
  resumed: Checkpoint | undefined,
): Promise<Checkpointing | undefined> {
  const { model, train } = trainable;
  if (store === undefined || (store.byTime === false && train.checkpoint === null)) return undefined;
  const name = runName({ name: model.name, hash: plan.hash });
  const found = await store.find(name);
  // The same training gives the same checkpoints, so one that is further on is as good as those to come.
  const earlier = found?.run === plan.hash.run ? found.checkpoint : null;
  if (earlier !== null && (resumed === undefined || !isFurther(resumed, earlier))) {
    const place = found?.place === undefined ? {} : { place: found.place };
    const { epoch, step } = earlier;
    onEarlier?.({ name, ...place, epoch, step, epochs: train.epochs, isResumed: resumed !== undefined });
  }
  return {
    every: epochsBetween(train.checkpoint),
    ...(store.waits === undefined ? {} : { waits: store.waits }),
    onFailure: (error) => store.onFailure?.(name, error),
    keep: async (checkpoint) => {
      if (earlier !== null && !isFurther(checkpoint, earlier)) return 0;
      const bundle = checkpointBundle(trainable, plan, backend, checkpoint, platform);
      return store.keep(name, bundle, plan.program.state);
    },
  };
}

/** A checkpoint as the interrupted run that holds it. */
export function checkpointBundle(
  trainable: Trainable,
  plan: RunPlan,
  backend: BackendInfo,
  checkpoint: Checkpoint,
  platform: Readonly<Record<string, string>> | undefined,
): RunBundle {
  const seconds = trainedFor(checkpoint);
  const result = resultSoFar(plan, checkpoint, seconds);
  return describeRun(trainable, plan, result, backend, platform, seconds).bundle;
}

/** Seconds of its epochs. */
export function trainedFor({ history }: Checkpoint): number {
  return history.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
}

/** Nothing is evaluated for a checkpoint: it would take longer than writing it. */
function resultSoFar({ program }: RunPlan, checkpoint: Checkpoint, seconds: number): TrainingResult {
  const { best, history, state } = checkpoint;
  return {
    status: "interrupted",
    checkpoint,
    weights: best?.weights ?? weightsOf(program.state, state),
    best: best === null ? null : { epoch: best.epoch, loss: best.loss },
    history,
    evaluations: { train: null, validation: null, test: null },
    seconds,
  };
}

function epochsBetween(rule: Trainable["train"]["checkpoint"]): number | null {
  if (rule === null) return null;
  const { epochs } = rule.args;
  if (typeof epochs !== "number") throw new Error(`the runtime cannot carry out ${rule.name} of checkpoints`);
  return epochs;
}
