// The training loop: epochs of shuffled batches, validation, early stopping. It can stop after any step and go
// on later with the same bits, as all that decides them is in the plan and the checkpoint.

import { rowsOf } from "@netwright/data";
import type { BackendError, NamedTensors } from "../backend/backend.ts";
import { isBackendError } from "../backend/is-backend-error.ts";
import { type Evaluations, evaluateSplits } from "../evaluation/evaluate-split.ts";
import type { Executable } from "../executable/executable.ts";
import { createBreather } from "../pause/breather.ts";
import { createBatchFeed } from "./batch-feed.ts";
import type { Progress } from "./checkpoint.ts";
import { chooseMembers } from "./choose-members.ts";
import { hasStopped } from "./early-stopping.ts";
import type { HistoryLine } from "./history.ts";
import { createKeeper } from "./keep-checkpoints.ts";
import { firstNonFinite } from "./non-finite/find.ts";
import { investigate } from "./non-finite/investigate.ts";
import { checkPlan, type TrainingPlan } from "./plan.ts";
import type { Ending, TrainingResult } from "./result.ts";
import { checkpointAt, runEpoch, type TrainingRun } from "./run-epoch.ts";
import { createStepRuns } from "./step-runs.ts";
import { weightsOf } from "./weights-of.ts";

/**
 * Trains from the start, or from `plan.resume`. The event loop runs every 50 ms or so.
 * A loss that is not finite, an interrupt and an early stop are results, not exceptions.
 * @throws RangeError for a plan that `checkPlan` finds fault with, BackendError when the executable fails.
 */
export async function train(plan: TrainingPlan): Promise<TrainingResult> {
  const problems = checkPlan(plan);
  if (problems.length > 0) throw new RangeError(problems.map(({ message }) => message).join(" "));

  const now = plan.now ?? (() => performance.now());
  const started = now();
  const { callbacks } = plan;
  const run = beginRun(plan, now);
  const { epoch, step } = run.progress;
  callbacks?.onStart?.({
    epochs: plan.epochs,
    steps: run.feed.steps,
    rows: plan.splits.train.rows,
    epoch,
    step,
  });

  const { ending, executable } = await runToEnd(run);
  const seconds = (now() - started) / 1000;
  const left = finalWeights(run, ending, executable);
  const isDone = ending.status === "completed" || ending.status === "stopped_early";
  const trained: Trained = { executable, weights: left };
  const chosen = isDone ? await withChoice(plan, trained) : trained;
  const { weights } = chosen;
  const evaluated = await evaluate(plan, chosen);
  const { best } = run.progress;
  const result: TrainingResult = {
    ...("fault" in evaluated ? unevaluated(run, ending, evaluated.fault) : ending),
    weights,
    best: best === null ? null : { epoch: best.epoch, loss: best.loss },
    history: run.history,
    evaluations: "fault" in evaluated ? NOT_EVALUATED : evaluated,
    seconds,
  };
  callbacks?.onEnd?.(result);
  return result;
}

/** The weights that training leaves, and the executable that holds them. */
interface Trained {
  readonly executable: Executable | Lost;
  readonly weights: NamedTensors;
}

/** With the members that predict, where they are chosen. */
async function withChoice(plan: TrainingPlan, trained: Trained): Promise<Trained> {
  const { choose, splits, evaluateBatch } = plan;
  if (choose === undefined) return trained;
  const done = await orElsewhere(plan, trained, (executable) =>
    chooseMembers(executable, choose, splits.validation, evaluateBatch),
  );
  if ("fault" in done) return { ...trained, executable: done };
  return { executable: done.executable, weights: new Map([...trained.weights, [choose.id, done.result]]) };
}

const NOT_EVALUATED: Evaluations = { train: null, validation: null, test: null };

/** What computes was lost, and nothing could take its place. */
interface Lost {
  readonly fault: BackendError;
}

async function evaluate(plan: TrainingPlan, trained: Trained): Promise<Evaluations | Lost> {
  const { measured, measure, evaluateBatch } = plan;
  const splits = measured === undefined ? plan.splits : { ...plan.splits, train: measured };
  const done = await orElsewhere(plan, trained, (executable) =>
    evaluateSplits(executable, splits, measure, evaluateBatch),
  );
  return "fault" in done ? done : done.result;
}

/** What is trained is not lost with a thread that ends only now: the work is done again, and `executable` is where it was done. */
async function orElsewhere<T>(
  { replacement }: TrainingPlan,
  { executable, weights }: Trained,
  work: (executable: Executable) => Promise<T>,
): Promise<{ readonly executable: Executable; readonly result: T } | Lost> {
  if ("fault" in executable) return executable;
  try {
    return { executable, result: await work(executable) };
  } catch (error) {
    if (!isBackendError(error) || replacement === undefined) throw error;
    const other = await replaced(replacement, weights, error);
    return "fault" in other ? other : { executable: other, result: await work(other) };
  }
}

/** Where training goes on from to be evaluated. One that has failed is told as that. */
function unevaluated(run: TrainingRun, ending: Ending, fault: BackendError): Ending {
  const isDone = ending.status === "completed" || ending.status === "stopped_early";
  return isDone ? { status: "interrupted", checkpoint: checkpointAt(run, run.safe), fault } : ending;
}

/** Another executable in this state; where there is no memory for one, what was lost before is what is told. */
async function replaced(
  replacement: () => Promise<Executable>,
  state: NamedTensors,
  fault: BackendError,
): Promise<Executable | Lost> {
  try {
    const other = await replacement();
    other.writeState(state);
    return other;
  } catch {
    return { fault };
  }
}

/** The ending, and the executable that holds the state: another one where that of the plan was lost, if there can be one. */
async function runToEnd(
  run: TrainingRun,
): Promise<{ readonly ending: Ending; readonly executable: Executable | Lost }> {
  const { plan } = run;
  const { executable } = plan;
  try {
    let ending: Ending | null = null;
    const { epoch, step } = run.progress;
    if (firstNonFinite(run.snapshot.state) !== null) {
      const finding = await investigate(plan, run.feed, run.snapshot, epoch, { at: "state", step });
      ending = { status: "non_finite", ...finding };
    }
    while (ending === null) {
      ending = endReached(run) ?? (await runEpoch(run));
    }
    return { ending, executable };
  } catch (error) {
    if (!isBackendError(error) || plan.replacement === undefined) throw error;
    const checkpoint = checkpointAt(run, run.safe);
    const other = await replaced(plan.replacement, checkpoint.state, error);
    const { state: _, ...progress } = run.safe;
    run.progress = progress;
    // Epochs since then are not known to the checkpoint, and are done again.
    run.history.length = checkpoint.history.length;
    return { ending: { status: "interrupted", checkpoint, fault: error }, executable: other };
  } finally {
    await run.keeper.settled();
  }
}

/** Also at once, where only the evaluation of what goes on was still to come. */
function endReached({ plan, progress }: TrainingRun): Ending | null {
  if (plan.stop !== null && hasStopped(plan.stop, progress)) return { status: "stopped_early" };
  return progress.epoch > plan.epochs ? { status: "completed" } : null;
}

function beginRun(plan: TrainingPlan, now: () => number): TrainingRun {
  const { executable, resume } = plan;
  const feed = createBatchFeed(rowsOf(plan.splits.train), plan.batch, plan.seed, plan.accumulate);
  let progress: Progress;
  let history: HistoryLine[] = [];
  if (resume === undefined) {
    executable.init(plan.seed);
    if (plan.initial !== undefined) executable.writeState(plan.initial);
    progress = { epoch: 1, step: 0, lossSum: 0, seconds: 0, best: null, waited: 0 };
  } else {
    executable.writeState(resume.state);
    const { state: _, history: earlier, ...reached } = resume;
    progress = reached;
    history = [...earlier];
  }
  const state = executable.readState();
  const snapshot = { epoch: progress.epoch, step: progress.step, state };
  const bytes = [...state.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const keeper = createKeeper(plan.checkpoints, bytes, now);
  const breathe = createBreather(now, keeper.isBusy);
  const runs = createStepRuns(executable, feed, now);
  const safe = { ...progress, state };
  return { plan, feed, runs, breathe, progress, history, snapshot, keeper, safe, now };
}

/** Chooses the weights that training leaves and puts them into the executable, where there is one. */
function finalWeights(
  { plan, progress, safe }: TrainingRun,
  ending: Ending,
  executable: Executable | Lost,
): NamedTensors {
  if ("fault" in executable) return progress.best?.weights ?? weightsOf(plan.variables, safe.state);
  if (ending.status === "non_finite") executable.writeState(ending.lastGood);
  if (progress.best !== null) executable.writeState(progress.best.weights);
  return weightsOf(plan.variables, executable.readState());
}
