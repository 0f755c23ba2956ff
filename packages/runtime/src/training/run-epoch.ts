// One epoch of training: the steps, then validation and the decision whether to go on. It may begin in the
// middle, after an interrupt, and it may end in the middle.

import { rowsOf } from "@netwright/data";
import type { NamedTensors } from "../backend/backend.ts";
import { evaluateChunks } from "../evaluation/evaluate-chunks.ts";
import type { BatchFeed } from "./batch-feed.ts";
import type { Checkpoint, Progress } from "./checkpoint.ts";
import { decideStop } from "./early-stopping.ts";
import type { HistoryLine } from "./history.ts";
import type { CheckpointKeeper } from "./keep-checkpoints.ts";
import { firstNonFinite } from "./non-finite/find.ts";
import { investigate, type Sighting, type Snapshot } from "./non-finite/investigate.ts";
import type { TrainingPlan } from "./plan.ts";
import type { Ending } from "./result.ts";
import type { StepRun, StepRuns } from "./step-runs.ts";
import { weightsOf } from "./weights-of.ts";

export interface TrainingRun {
  readonly plan: TrainingPlan;
  readonly feed: BatchFeed;
  readonly runs: StepRuns;
  /** One for the whole training, as an epoch may be shorter than the time between two pauses. */
  readonly breathe: () => Promise<void>;
  /** Replaced as training goes on. */
  progress: Progress;
  /** Grows by a line with every epoch. Nothing is taken out, so each checkpoint has the first lines of it. */
  readonly history: HistoryLine[];
  /** A finite state from some steps ago, from which a failure can be repeated. */
  snapshot: Snapshot;
  readonly keeper: CheckpointKeeper;
  /** The last finite state in memory and where it was reached: what is left when the executable is lost. */
  safe: Reached;
  readonly now: () => number;
}

/** A checkpoint without its history, which is copied only where one is kept. */
export type Reached = Omit<Checkpoint, "history">;

export function checkpointAt({ history }: Pick<TrainingRun, "history">, reached: Reached): Checkpoint {
  return { ...reached, history: history.slice(0, reached.epoch - 1) };
}

/** Advances `run.progress` by an epoch, or to where training ends: then the ending, otherwise `null`. */
export async function runEpoch(run: TrainingRun): Promise<Ending | null> {
  const { plan, feed } = run;
  const { executable, callbacks } = plan;
  const { epoch } = run.progress;
  const rows = plan.splits.train.rows;
  const since = run.now() - run.progress.seconds * 1000;
  const elapsed = () => (run.now() - since) / 1000;

  let { step, lossSum } = run.progress;
  const reach = () => {
    run.progress = { ...run.progress, step, lossSum, seconds: elapsed() };
  };
  const reached = () => {
    reach();
    return checkpointOf(run, executable.readState());
  };
  // Nobody may look at the state while steps are computed, so none are begun ahead of an interrupt or a checkpoint.
  let ahead: StepRun | null = null;
  try {
    while (step < feed.steps) {
      const isAborted = plan.signal?.aborted === true;
      if (isAborted && ahead === null) {
        reach();
        return interrupt(run);
      }
      const current: StepRun = ahead ?? run.runs.begin(epoch, step);
      const next = step + current.count;
      const isFree = current.isRunning && next < feed.steps && !isAborted && !run.keeper.isDue();
      ahead = isFree ? run.runs.begin(epoch, next) : null;
      for (const loss of current.losses()) {
        if (!Number.isFinite(loss)) {
          run.runs.drop();
          return failed(run, { at: "step", step });
        }
        const count = feed.count(step);
        step++;
        lossSum += loss * count;
        const done = Math.min(step * plan.batch, rows);
        callbacks?.onStep?.({ epoch, step, steps: feed.steps, rows: count, loss: lossSum / done });
      }
      await run.breathe();
      const kept = ahead === null ? run.keeper.afterStep(reached) : null;
      if (kept !== null) await kept;
    }
  } finally {
    // Where anything throws, a callback of the caller among it.
    run.runs.drop();
  }
  reach();

  const validation = await validate(run);
  if (validation.kind === "aborted") return interrupt(run);
  if (validation.kind === "not_finite") return failed(run, validation.sighting);
  control(run, validation.loss);
  const state = snapshotDue(run) ? executable.readState() : null;
  if (state !== null && firstNonFinite(state) !== null) return failed(run, { at: "state", step });
  const ending = closeEpoch(run, state, lossSum / rows, validation.loss, elapsed());
  // One that has stopped would not know it when it goes on.
  if (ending !== null) return ending;
  const kept = run.keeper.afterEpoch(() => checkpointOf(run, state ?? executable.readState()));
  if (kept !== null) await kept;
  return null;
}

/** Of where training stands; null for a state that is not finite, whose origin is looked for when its time comes. */
function checkpointOf(run: TrainingRun, state: NamedTensors): Checkpoint | null {
  if (firstNonFinite(state) !== null) return null;
  run.safe = { ...run.progress, state };
  return checkpointAt(run, run.safe);
}

/** Reading and checking the state takes as long as a few steps of a small batch, so short epochs share a snapshot. */
const STEPS_PER_SNAPSHOT = 256;

function snapshotDue({ plan, feed, progress, snapshot }: TrainingRun): boolean {
  // Early stopping may keep the weights of any epoch, and what training leaves must be finite.
  if (plan.stop !== null || progress.epoch === plan.epochs) return true;
  const steps = (progress.epoch - snapshot.epoch) * feed.steps + progress.step - snapshot.step;
  return steps >= STEPS_PER_SNAPSHOT;
}

type Validation =
  | { readonly kind: "loss"; readonly loss: number | null }
  | { readonly kind: "not_finite"; readonly sighting: Sighting }
  | { readonly kind: "aborted" };

async function validate(run: TrainingRun): Promise<Validation> {
  const { plan, feed } = run;
  const { validation: split } = plan.splits;
  if (plan.signal?.aborted) return { kind: "aborted" };
  if (split.rows === 0) return { kind: "loss", loss: null };
  let [sum, weight] = [0, 0];
  for (const { start, rows, sums } of evaluateChunks(plan.executable, rowsOf(split), plan.evaluateBatch)) {
    if (!Number.isFinite(sums.loss)) {
      return { kind: "not_finite", sighting: { at: "validation", step: feed.steps, start, rows } };
    }
    sum += sums.loss;
    weight += sums.weight;
    await run.breathe();
    if (plan.signal?.aborted) return { kind: "aborted" };
  }
  return { kind: "loss", loss: sum / weight };
}

/** Before the state is read, so that whoever goes on from it has the same. */
function control({ plan, history }: TrainingRun, loss: number | null): void {
  if (plan.control === undefined) return;
  const losses = [...history.map((line) => line.validation_loss), loss].filter((each) => each !== null);
  plan.executable.writeState(plan.control(losses));
}

function closeEpoch(
  run: TrainingRun,
  state: NamedTensors | null,
  loss: number,
  validationLoss: number | null,
  seconds: number,
): Ending | null {
  const { plan } = run;
  const { epoch, best, waited } = run.progress;
  const line = { epoch, loss, validation_loss: validationLoss, seconds };
  const decision =
    plan.stop === null || validationLoss === null
      ? { best, waited, improved: false, stop: false }
      : decideStop(plan.stop, run.progress, epoch, validationLoss, () =>
          weightsOf(plan.variables, state ?? plan.executable.readState()),
        );
  run.progress = {
    epoch: epoch + 1,
    step: 0,
    lossSum: 0,
    seconds: 0,
    best: decision.best,
    waited: decision.waited,
  };
  run.history.push(line);
  if (state !== null) {
    run.snapshot = { epoch: epoch + 1, step: 0, state };
    run.safe = { ...run.progress, state };
  }
  plan.callbacks?.onEpoch?.({ ...line, improved: decision.improved });
  return decision.stop ? { status: "stopped_early" } : null;
}

async function interrupt(run: TrainingRun): Promise<Ending> {
  const state = run.plan.executable.readState();
  // A checkpoint that is not finite would only fail later, when its origin can no longer be found.
  if (firstNonFinite(state) !== null) return failed(run, { at: "state", step: run.progress.step });
  return { status: "interrupted", checkpoint: checkpointAt(run, { ...run.progress, state }) };
}

async function failed({ plan, feed, snapshot, progress }: TrainingRun, sighting: Sighting): Promise<Ending> {
  return { status: "non_finite", ...(await investigate(plan, feed, snapshot, progress.epoch, sighting)) };
}
