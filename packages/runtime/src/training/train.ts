// The training loop: epochs of shuffled batches, validation, early stopping. It can stop after any step and go
// on later with the same bits, as all that decides them is in the plan and the checkpoint.

import { rowsOf } from "@netwright/data";
import type { NamedTensors } from "../backend/backend.ts";
import { evaluateSplits } from "../evaluation/evaluate-split.ts";
import { createBreather } from "../pause/breather.ts";
import { createBatchFeed } from "./batch-feed.ts";
import type { Progress } from "./checkpoint.ts";
import { firstNonFinite } from "./non-finite/find.ts";
import { investigate } from "./non-finite/investigate.ts";
import { checkPlan, type TrainingPlan } from "./plan.ts";
import type { Ending, TrainingResult } from "./result.ts";
import { runEpoch, type TrainingRun } from "./run-epoch.ts";
import { weightsOf } from "./weights-of.ts";

/**
 * Trains from the start, or from `plan.resume`. The event loop runs every 50 ms or so.
 * A loss that is not finite, an interrupt and an early stop are results, not exceptions.
 * @throws RangeError for a plan that `checkPlan` finds fault with, BackendError when the executable fails.
 */
export async function train(plan: TrainingPlan): Promise<TrainingResult> {
  const problems = checkPlan(plan);
  if (problems.length > 0) throw new RangeError(problems.map(({ message }) => message).join(" "));

  const started = performance.now();
  const { executable, callbacks, splits } = plan;
  const run = beginRun(plan);
  const { epoch, step } = run.progress;
  callbacks?.onStart?.({ epochs: plan.epochs, steps: run.feed.steps, rows: splits.train.rows, epoch, step });

  let ending: Ending | null = null;
  if (firstNonFinite(run.snapshot.state) !== null) {
    const finding = await investigate(plan, run.feed, run.snapshot, epoch, { at: "state", step });
    ending = { status: "non_finite", ...finding };
  }
  while (ending === null) {
    ending = run.progress.epoch > plan.epochs ? { status: "completed" } : await runEpoch(run);
  }

  const seconds = (performance.now() - started) / 1000;
  const weights = finalWeights(run, ending);
  const { best, history } = run.progress;
  const result: TrainingResult = {
    ...ending,
    weights,
    best: best === null ? null : { epoch: best.epoch, loss: best.loss },
    history,
    evaluations: await evaluateSplits(executable, splits, plan.measure, plan.evaluateBatch),
    seconds,
  };
  callbacks?.onEnd?.(result);
  return result;
}

function beginRun(plan: TrainingPlan): TrainingRun {
  const { executable, resume } = plan;
  const feed = createBatchFeed(rowsOf(plan.splits.train), plan.batch, plan.seed, plan.accumulate);
  let progress: Progress;
  if (resume === undefined) {
    executable.init(plan.seed);
    progress = { epoch: 1, step: 0, lossSum: 0, seconds: 0, best: null, waited: 0, history: [] };
  } else {
    executable.writeState(resume.state);
    const { state: _, ...reached } = resume;
    progress = reached;
  }
  const snapshot = { epoch: progress.epoch, step: progress.step, state: executable.readState() };
  return { plan, feed, breathe: createBreather(), progress, snapshot };
}

/** Chooses the weights that training leaves and puts them into the executable. */
function finalWeights({ plan, progress }: TrainingRun, ending: Ending): NamedTensors {
  const { executable } = plan;
  if (ending.status === "non_finite") executable.writeState(ending.lastGood);
  if (progress.best !== null) executable.writeState(progress.best.weights);
  return weightsOf(plan.variables, executable.readState());
}
