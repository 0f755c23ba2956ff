// A study runs one file several times, with other seeds, other test rows or both: how much of a result is chance, and
// several models that predict together. `study` of the public API, over whatever file system the entry point binds.

import { type InputRecord, type OpenEncoders, openEncoders, type SavedInterval } from "@netwright/data";
import { at } from "@netwright/definitions";
import type { Expectation as Expected } from "@netwright/lang";
import type { Expectation } from "@netwright/runtime";
import { checkArgument, type Kind, kinds } from "../api/check-options.ts";
import {
  backendFor,
  openForTraining,
  type Platform,
  TRAIN_OPTIONS,
  type Trained,
  type TrainedModel,
  type TrainOptions,
  trainWith,
} from "../api/train.ts";
import { isList, type Predict } from "../api/usable-model.ts";
import { onDevices } from "../backends/on-devices.ts";
import { catalog as own } from "../catalog/catalog.ts";
import { type OpenedModel, openModel } from "../model/loaded-model.ts";
import { type Prediction, timeIn } from "../model/predictions.ts";
import { NetwrightError, valueOrThrow } from "../netwright-error.ts";
import type { ProjectSource } from "../project/open-project.ts";
import { type TableMemory, tableMemory } from "../project/project-table.ts";
import { judgeValues } from "../training/expectations.ts";
import { keptExecutable } from "../training/kept-executable.ts";
import { answerOf, together } from "./ensemble.ts";
import { modelsTogether } from "./models-together.ts";
import { type StudyMetrics, studyMetrics } from "./spread.ts";
import { studyChange } from "./study-changes.ts";
import { StudyError } from "./study-error.ts";
import { describePlanned, type PlannedRun, plannedRuns, seedsFrom } from "./study-plan.ts";

export interface StudyOptions<M extends TrainedModel = TrainedModel> extends TrainOptions {
  /**
   * How many seeds each fold is trained with, counted on from `seed` or that of the file, beyond the largest from 0 on; or
   * the seeds. Default: `seeds` of the file, or 1.
   */
  readonly seeds?: number | readonly number[];
  /** Every row is a test row in one of so many folds. Default: the split of the file, for all runs. */
  readonly folds?: number;
  /** How often the rows are dealt out to folds, each time in another way. Default: 1. */
  readonly repeats?: number;
  /** A study of the same that was interrupted or that failed: its runs are taken over, and it goes on behind them. */
  readonly resume?: Pick<Study<M>, "runs">;
  /** Called with each run that is done, and waited for: to save it, whatever comes afterwards. */
  readonly onRun?: (run: StudyRun<M>) => unknown;
}

export const STUDY_OPTIONS: { readonly [K in keyof StudyOptions]-?: Kind } = {
  ...TRAIN_OPTIONS,
  seeds: kinds.seeds,
  folds: kinds.folds,
  repeats: kinds.repeats,
  resume: kinds.study,
  onRun: kinds.call,
};

/** `fold` and `repeat` count from 0; `null` where the split is that of the file. */
export type StudyRun<M extends TrainedModel = TrainedModel> = M & Pick<PlannedRun, "fold" | "repeat">;

export interface Study<M extends TrainedModel = TrainedModel> {
  /**
   * Interrupted studies have the runs so far, the last of them with the weights so far; one that failed, as a `StudyError` has
   * it, those before the run that did.
   */
  readonly status: "completed" | "interrupted" | "failed";
  /** Repeat by repeat and fold by fold, in the order of the seeds. */
  readonly runs: readonly StudyRun<M>[];
  /** Over the runs. */
  readonly metrics: StudyMetrics;
  /** Those of the file, held against the mean over the runs; none of a study that is not completed. */
  readonly expectations: readonly Expectation[];
  /** All runs together: the mean of numbers; of classes the mean of the probabilities, and the class that it makes most likely. */
  readonly predict: Predict;
  /** Frees the memory of the backend, of all runs. */
  readonly dispose: () => Promise<void>;
}

/**
 * One run after the other, each with the bits of the same training alone. `finish` adds what the machine can do with one.
 * @throws NetwrightError when the text, the data or the first training is at fault
 * @throws StudyError when a later one is: it has the runs before
 */
export async function studyWith<M extends TrainedModel>(
  source: ProjectSource,
  platform: Platform,
  { seeds: asked, folds, repeats = 1, resume, onRun, ...options }: StudyOptions<M>,
  finish: (trained: Trained) => M,
): Promise<Study<M>> {
  checkArgument("`seed` of `study`", options.seed, {
    expected: "no `seed` beside a list of `seeds`",
    is: (seed) => seed === undefined || typeof asked !== "object",
  });
  checkArgument("`repeats` of `study`", repeats, {
    expected: "`folds` beside `repeats`, as these are dealt out anew",
    is: () => repeats === 1 || folds !== undefined,
  });
  // One for all: the table is read once, and prepared once for each fold.
  const memory = tableMemory();
  const executables = keptExecutable();
  const runs: StudyRun<M>[] = [];
  let expected: readonly Expected[] = [];
  let intervals: readonly SavedInterval[] | null = null;
  const isAborted = () => options.signal?.aborted === true;
  const ended = (status: Study["status"]): Study<M> => {
    const metrics = studyMetrics(runs.map((run) => run.metrics));
    const judged = status === "completed" ? expected : [];
    return {
      status,
      runs,
      metrics,
      expectations: judgeValues(judged, ({ split, label }) => metrics[split]?.[label]?.mean ?? null).map(
        ({ outcome }) => outcome,
      ),
      predict: ensemble(
        runs,
        runs.map((run) => encodersOf(run, options)),
        intervals,
      ),
      dispose: async () => {
        for (const run of runs) await run.dispose();
      },
    };
  };
  const dealt = (fold: number | null, repeat: number | null) =>
    fold === null ? {} : { fold: { index: fold, of: folds ?? 1, repeat: repeat ?? 0 } };
  const plan = { folds: folds ?? null, repeats };
  const earlier = resume?.runs ?? [];
  const seeds =
    asked ??
    (await seedsOf(source, platform, options, { memory, ...dealt(folds === undefined ? null : 0, 0) }));
  // The first run tells the seed of the file; its place in the plan is the same with any.
  const first = earlier[0]?.record.seed;
  let planned = plannedRuns({
    ...plan,
    seeds: typeof seeds === "number" ? seedsFrom(first ?? 0, seeds) : seeds,
  });
  refuseOthers(earlier, planned);
  const [done] = earlier;
  if (done !== undefined)
    expected = await unchanged(done, source, platform, options, { memory, ...dealt(done.fold, done.repeat) });
  try {
    for (let place = 0; place < planned.length; place++) {
      const { fold, repeat, seed } = at(planned, place);
      const known = earlier[place];
      if (known !== undefined && known.status !== "interrupted") {
        runs.push(known);
        continue;
      }
      if (place > 0 && isAborted()) return ended("interrupted");
      // What the file says, or the option, serves the first run as it is.
      const isOwn = typeof seeds === "number" && place % seeds === 0;
      const checkpoint = known?.bundle.checkpoint ?? null;
      try {
        const trained = await trainWith(
          source,
          platform,
          { ...options, ...(isOwn ? {} : { seed }) },
          {
            memory,
            executables,
            ...dealt(fold, repeat),
            ...(known === undefined || checkpoint === null
              ? {}
              : { resume: { ...known.bundle, checkpoint } }),
          },
        );
        const run: StudyRun<M> = { ...finish(trained), fold, repeat };
        runs.push(run);
        expected = trained.run.verdicts.map((verdict) => verdict.expected);
        if (run.status === "interrupted") return ended("interrupted");
        await onRun?.(run);
        if (place === 0 && typeof seeds === "number")
          planned = plannedRuns({ ...plan, seeds: seedsFrom(run.record.seed, seeds) });
      } catch (error) {
        if (place === 0 || !(error instanceof NetwrightError)) {
          for (const run of runs) await run.dispose();
          throw error;
        }
        throw new StudyError(ofRun(error, place, at(planned, place), plan), ended("failed"));
      }
    }
    if (folds === undefined) intervals = await intervalsOfAll(runs, source, platform, options, memory);
    return ended("completed");
  } finally {
    executables.dispose();
  }
}

/** What all runs know together of how far off they are, where the file asks for it: from the validation rows, which they share. */
async function intervalsOfAll(
  runs: readonly TrainedModel[],
  source: ProjectSource,
  platform: Platform,
  options: TrainOptions,
  memory: TableMemory,
): Promise<readonly SavedInterval[] | null> {
  const { model, prepared } = await openForTraining(source, platform, options, { memory });
  if (model?.report?.spread !== "runs" || prepared === undefined) return null;
  const { catalog, threads } = options;
  const backend = await backendFor(platform, options);
  const limits = { catalog, rows: 1, ...(threads === undefined ? {} : { threads }) };
  const members: OpenedModel[] = [];
  try {
    for (const { bundle } of runs) members.push(valueOrThrow(await openModel(bundle.model, backend, limits)));
    return await valueOrThrow(modelsTogether(members)).learnIntervals(prepared.splits.validation);
  } finally {
    for (const member of members) member.dispose();
  }
}

/** With how many seeds the file asks to be trained. What is wrong with it is said by the first training. */
async function seedsOf(
  source: ProjectSource,
  platform: Platform,
  options: TrainOptions,
  shared: Parameters<typeof openForTraining>[3],
): Promise<number> {
  const { model } = await openForTraining(source, platform, options, shared);
  return model?.train?.seeds ?? 1;
}

/** Says which run failed: the first has what any training of the file has. */
function ofRun(
  { diagnostics, sources }: NetwrightError,
  place: number,
  planned: PlannedRun,
  plan: { readonly repeats: number },
): Pick<NetwrightError, "diagnostics" | "sources"> {
  const note = `It is run ${place + 1} of the study: ${describePlanned(planned, plan)}, counted from 0.`;
  return {
    diagnostics: diagnostics.map((one, i) => (i > 0 ? one : { ...one, notes: [...one.notes, note] })),
    sources,
  };
}

/** Runs of another study are not gone on with. */
function refuseOthers(
  earlier: readonly (Pick<PlannedRun, "fold" | "repeat"> & Pick<TrainedModel, "record">)[],
  planned: readonly PlannedRun[],
): void {
  checkArgument("`resume` of `study`", earlier, {
    expected: "a study with the same `seeds`, `folds` and `repeats`",
    is: () =>
      earlier.length <= planned.length &&
      earlier.every(({ fold, repeat, record }, place) => {
        const one = at(planned, place);
        return one.fold === fold && one.repeat === repeat && one.seed === record.seed;
      }),
  });
}

/**
 * The expectations of the file.
 * @throws NetwrightError NW0804 where file, data or settings are others than those of a run that is done
 */
async function unchanged(
  { record }: TrainedModel,
  source: ProjectSource,
  platform: Platform,
  options: TrainOptions,
  shared: { readonly memory: TableMemory },
): Promise<readonly Expected[]> {
  const backend = valueOrThrow(onDevices(await backendFor(platform, options), options.devices));
  const project = await openForTraining(source, platform, { ...options, seed: record.seed }, shared);
  const change = await studyChange(project, backend, record.hash);
  if (change !== null) throw new NetwrightError([change], project.sources);
  return project.model?.expect ?? [];
}

function encodersOf({ bundle }: TrainedModel, { catalog = own }: TrainOptions): OpenEncoders {
  const { encoders } = bundle.model;
  const opened = encoders === null ? null : openEncoders(encoders, catalog.definitions);
  if (opened === null || "problems" in opened)
    throw new Error("a run that was trained has encoders that can be opened");
  return opened.opened;
}

function ensemble(
  runs: readonly TrainedModel[],
  encoders: readonly OpenEncoders[],
  intervals: Parameters<typeof answerOf>[1],
): Predict {
  const answer = answerOf(encoders, intervals);
  async function predict(input: readonly InputRecord[]): Promise<readonly Prediction[]>;
  async function predict(input: InputRecord): Promise<Prediction>;
  async function predict(input: InputRecord | readonly InputRecord[]) {
    checkArgument("the input of `predict`", input, kinds.input);
    const records = isList(input) ? input : [input];
    const all: (readonly Prediction[])[] = [];
    for (const run of runs) all.push(await run.predict(records));
    // One of each row, or of each window.
    const predictions: readonly Prediction[] = at(all, 0).map((first, row) => {
      const rest = together(
        all.map((of) => at(of, row)),
        answer,
      );
      return { ...timeIn(first, at(encoders, 0)), ...rest };
    });
    return isList(input) ? predictions : at(predictions, 0);
  }
  return predict;
}
