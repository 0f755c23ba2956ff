// The range test of Smith (2015, "Cyclical Learning Rates for Training Neural Networks", section 3.3): training begins as ever, with
// a learning rate that grows from step to step, and the losses say which rates are of use. The optimizer is that of the file: its rate
// is multiplied with a variable of the program, as one that goes by the validation loss is.

import { RATE_FACTOR } from "@netwright/compiler";
import { rowsOf } from "@netwright/data";
import { count, type Instance } from "@netwright/definitions";
import { exponentialMinusOneWide, logWide } from "@netwright/ir/numerics";
import {
  type Backend,
  backendProblem,
  checkPlan,
  compile,
  createBatchFeed,
  createBreather,
  isBackendError,
  stepOn,
  unsupportedNumerics,
  unsupportedOps,
} from "@netwright/runtime";
import { fromRuntime, projectError } from "../project/diagnostics.ts";
import type { Project } from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { initialWeights, weightsIn } from "../training/initial-weights.ts";
import { planRun } from "../training/plan-run.ts";
import { checkTrainable } from "../training/run-training.ts";
import { trainingSplits } from "../training/training-splits.ts";
import { advisedRate } from "./advised-rate.ts";
import { lowestFrom, type RatePoint, smoother, valley } from "./judge-rates.ts";

export interface RangeTestOptions {
  readonly backend: Backend;
  readonly threads?: number;
  /** The first rate; 1e-7 by default. */
  readonly least?: number;
  /** The last one; 10 by default. */
  readonly most?: number;
  /** How many updates there are, each with a larger rate; 100 by default. */
  readonly steps?: number;
  readonly signal?: AbortSignal;
}

export interface RangeTest {
  /** In the order of the rates, up to where the loss runs away or stops being a number; that one is not among them. */
  readonly points: readonly RatePoint[];
  /** The rate in the middle of the longest way down of the smoothed loss; null where it falls nowhere, or no further than by chance. */
  readonly suggestion: number | null;
  /** The rate of the least smoothed loss from the suggestion on: one at which it is about to run away. */
  readonly lowest: number;
  /** Whether the test ended before its last rate. */
  readonly hasRunAway: boolean;
  /** What the file says now: a number, or the name of a schedule. */
  readonly stated: number | string;
  /**
   * What to write for `learning_rate`, the suggestion to three digits: in the schedule that the file has, `log_cosine(0.0792)`, where it
   * has one. Null where there is no suggestion, and where the rates of the schedule are no multiples of one.
   */
  readonly advised: string | null;
}

export const RANGE = { least: 1e-7, most: 10, steps: 100 };

/** Too few points to see a way down in: those at the start and at the end tell nothing. */
const FEWEST = 20;

/** Problems: those of a training; NW0852 where too few rates are tried before the loss runs away. */
export async function rangeTest(project: Project, options: RangeTestOptions): Promise<Checked<RangeTest>> {
  const trainable = checkTrainable(project);
  if (!trainable.ok) return trainable;
  const { model, train, prepared } = trainable.value;
  const { diagnostics, sources } = project;
  const { backend } = options;
  const initial = await initialWeights(model, project);
  if (!initial.ok) return reject([...diagnostics, ...initial.diagnostics], sources);
  const limit = options.threads === undefined ? {} : { threads: options.threads };
  const free = { ...train, optimizer: withFactor(train.optimizer) };
  const plan = await planRun(
    { ...model, train: free },
    free,
    prepared,
    backend,
    project.catalog,
    initial.value,
    limit,
  );
  const problems = [
    ...checkPlan({ splits: prepared.splits, stop: null }),
    ...unsupportedNumerics(plan.program, backend),
    ...unsupportedOps(plan.program, backend),
  ];
  if (problems.length > 0) {
    const found = problems.map((problem) => fromRuntime(problem, train.spans["train"]));
    return reject([...diagnostics, ...found], sources);
  }
  try {
    const executable = await compile(backend, plan.program, limit);
    try {
      executable.init(train.seed);
      if (initial.value !== null) executable.writeState(weightsIn(plan.program, initial.value));
      const feed = createBatchFeed(
        rowsOf(trainingSplits(prepared).train),
        train.batch,
        train.seed,
        train.accumulate,
      );
      const rates = ratesOf(options);
      const breathe = createBreather();
      const smooth = smoother();
      const points: RatePoint[] = [];
      let [epoch, step, hasRunAway] = [1, 0, false];
      for (const rate of rates) {
        if (options.signal?.aborted === true) break;
        executable.writeState(new Map([[RATE_FACTOR, Float32Array.of(rate)]]));
        let [sum, count, isUpdated] = [0, 0, false];
        while (!isUpdated) {
          const rows = feed.count(step);
          sum += stepOn(executable, feed, epoch, step) * rows;
          count += rows;
          isUpdated = feed.updates(step);
          step++;
          if (step === feed.steps) [epoch, step] = [epoch + 1, 0];
          await breathe();
        }
        const loss = sum / count;
        const { smoothed, hasRunAway: isOver } = smooth.add(loss);
        if (isOver) {
          hasRunAway = true;
          break;
        }
        points.push({ rate, loss, smoothed });
      }
      return concluded(points, hasRunAway, train.optimizer, project);
    } finally {
      executable.dispose();
    }
  } catch (error) {
    if (!isBackendError(error)) throw error;
    const told = fromRuntime(backendProblem(error));
    return reject([...diagnostics, told], sources);
  }
}

function concluded(
  points: readonly RatePoint[],
  hasRunAway: boolean,
  { args }: Instance,
  { diagnostics, sources, catalog }: Project,
): Checked<RangeTest> {
  const [first] = points;
  if (first === undefined || points.length < FEWEST) {
    const message = `only ${count(points.length, "rate")} ${points.length === 1 ? "was" : "were"} tried before ${hasRunAway ? "the loss ran away" : "the test ended"}, too few to tell which one is good`;
    const notes = [
      "Begin with a smaller rate, `--least 1e-9`, end with a smaller one, `--most 1`, or take more steps, `--steps 300`.",
    ];
    return reject([...diagnostics, projectError("NW0852", message, notes, undefined)], sources);
  }
  const place = valley(points);
  const lowest = points[lowestFrom(points, place ?? 0)] ?? first;
  const { learning_rate: stated } = args;
  const suggestion = place === null ? null : (points[place]?.rate ?? null);
  return accept(
    {
      points,
      suggestion,
      lowest: lowest.rate,
      hasRunAway,
      stated: typeof stated === "number" ? stated : nameOf(stated),
      advised: suggestion === null ? null : advisedRate(stated, suggestion, catalog),
    },
    diagnostics,
    sources,
  );
}

function nameOf(rate: Instance["args"][string] | undefined): string {
  return typeof rate === "object" && rate !== null && "name" in rate ? rate.name : String(rate ?? "none");
}

/** The optimizer with a rate of 1, which is multiplied with what stands in the state. */
function withFactor(optimizer: Instance): Instance {
  const { span } = optimizer;
  const args = {
    initial_learning_rate: 1,
    factor: 0.1,
    patience: 10,
    min_delta: 1e-4,
    cooldown: 0,
    min_learning_rate: 0,
  };
  const rate: Instance = { family: "schedule", name: "plateau", span, args };
  return { ...optimizer, args: { ...optimizer.args, learning_rate: rate } };
}

/** Evenly spaced on a logarithmic scale, in f64 that is the same on every machine. */
function ratesOf({ least = RANGE.least, most = RANGE.most, steps = RANGE.steps }: RangeTestOptions) {
  const span = logWide(most / least);
  return Array.from({ length: steps }, (_, i) =>
    i === steps - 1 && steps > 1
      ? most
      : least * (1 + exponentialMinusOneWide((span * i) / Math.max(1, steps - 1))),
  );
}
