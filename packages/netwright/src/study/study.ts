// A study runs one file several times, with other seeds, other test rows or both: how much of a result is chance, and
// several models that predict together. `study` of the public API, over whatever file system the entry point binds.

import type { InputRecord, OpenEncoders } from "@netwright/data";
import { at, LARGEST_SEED } from "@netwright/definitions";
import { checkArgument, type Kind, kinds } from "../api/check-options.ts";
import {
  type Platform,
  TRAIN_OPTIONS,
  type Trained,
  type TrainedModel,
  type TrainOptions,
  trainWith,
} from "../api/train.ts";
import { isList, type Predict } from "../api/usable-model.ts";
import type { Prediction } from "../model/loaded-model.ts";
import { NetwrightError } from "../netwright-error.ts";
import { type ProjectSource, tableMemory } from "../project/open-project.ts";
import type { Verdict } from "../training/expectations.ts";
import { type Answer, answerOf, together } from "./ensemble.ts";
import { type StudyMetrics, studyMetrics } from "./spread.ts";
import { type StudyExpectation, studyExpectations } from "./study-expectations.ts";

export interface StudyOptions extends TrainOptions {
  /**
   * How many seeds each fold is trained with, counted on from `seed` or that of the file, beyond the largest from 0 on; or
   * the seeds. Default: 1.
   */
  readonly seeds?: number | readonly number[];
  /** Every row is a test row in one of so many folds. Default: the split of the file, for all runs. */
  readonly folds?: number;
}

export const STUDY_OPTIONS: { readonly [K in keyof StudyOptions]-?: Kind } = {
  ...TRAIN_OPTIONS,
  seeds: kinds.seeds,
  folds: kinds.folds,
};

/** `fold` counts from 0; `null` where the split is that of the file. */
export type StudyRun<M extends TrainedModel = TrainedModel> = M & { readonly fold: number | null };

export interface Study<M extends TrainedModel = TrainedModel> {
  /** Interrupted studies have the runs so far, the last of them with the weights so far. */
  readonly status: "completed" | "interrupted";
  /** Fold by fold, in the order of the seeds. */
  readonly runs: readonly StudyRun<M>[];
  /** Over the runs. */
  readonly metrics: StudyMetrics;
  /** What the file expects, of the mean over the runs; none where no run was ended. */
  readonly expectations: readonly StudyExpectation[];
  /** All runs together: the mean of numbers; of classes the mean of the probabilities, and the class that it makes most likely. */
  readonly predict: Predict;
  /** Frees the memory of the backend, of all runs. */
  readonly dispose: () => Promise<void>;
}

const SEEDS = LARGEST_SEED + 1;

/**
 * One run after the other, each with the bits of the same training alone. `finish` adds what the machine can do with one.
 * @throws NetwrightError when the text, the data or a training is at fault
 */
export async function studyWith<M extends TrainedModel>(
  source: ProjectSource,
  platform: Platform,
  { seeds = 1, folds, ...options }: StudyOptions,
  finish: (trained: Trained) => M,
): Promise<Study<M>> {
  checkArgument("`seed` of `study`", options.seed, {
    expected: "no `seed` beside a list of `seeds`",
    is: (seed) => seed === undefined || typeof seeds === "number",
  });
  const runs: StudyRun<M>[] = [];
  const encoders: OpenEncoders[] = [];
  const verdicts: (readonly Verdict[])[] = [];
  // One for all: the table is read once, and prepared once for each fold.
  const memory = tableMemory();
  const count = typeof seeds === "number" ? seeds : seeds.length;
  const isAborted = () => options.signal?.aborted === true;
  for (let index = 0; index < (folds ?? 1) * count; index++) {
    if (index > 0 && isAborted()) break;
    const fold = folds === undefined ? null : Math.floor(index / count);
    const dealt = fold === null ? {} : { fold: { index: fold, of: folds ?? 1 } };
    const seed = typeof seeds === "number" ? seedAfter(runs[0], index % count) : at(seeds, index % count);
    try {
      const trained = await trainWith(
        source,
        platform,
        { ...options, ...(seed === undefined ? {} : { seed }) },
        { memory, ...dealt },
      );
      runs.push({ ...finish(trained), fold });
      encoders.push(trained.run.encoders);
      verdicts.push(trained.run.verdicts);
    } catch (error) {
      for (const run of runs) await run.dispose();
      throw index === 0 ? error : ofRun(error, index, fold, seed);
    }
  }
  return {
    status: runs.some(({ status }) => status === "interrupted") ? "interrupted" : "completed",
    runs,
    expectations: studyExpectations(verdicts),
    metrics: studyMetrics(runs.map(({ metrics }) => metrics)),
    predict: ensemble(runs, answerOf(encoders)),
    dispose: async () => {
      for (const run of runs) await run.dispose();
    },
  };
}

/** Says which run failed: the first has what any training of the file has. */
function ofRun(error: unknown, index: number, fold: number | null, seed: number | undefined): unknown {
  if (!(error instanceof NetwrightError)) return error;
  const [first, ...others] = error.diagnostics;
  if (first === undefined) return error;
  const which = [
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...(fold === null ? [] : [`fold ${fold}, counted from 0`]),
  ];
  const note = `It is run ${index + 1} of the study: ${which.join(", ")}.`;
  return new NetwrightError([{ ...first, notes: [...first.notes, note] }, ...others], error.sources);
}

/** What the file says, or the option, serves the first run of a fold as it is; the first run of all tells what that is. */
function seedAfter(first: TrainedModel | undefined, steps: number): number | undefined {
  return first === undefined || steps === 0 ? undefined : (first.record.seed + steps) % SEEDS;
}

function ensemble(runs: readonly TrainedModel[], answer: Answer): Predict {
  async function predict(input: readonly InputRecord[]): Promise<readonly Prediction[]>;
  async function predict(input: InputRecord): Promise<Prediction>;
  async function predict(input: InputRecord | readonly InputRecord[]) {
    checkArgument("the input of `predict`", input, kinds.input);
    const records = isList(input) ? input : [input];
    const all: (readonly Prediction[])[] = [];
    for (const run of runs) all.push(await run.predict(records));
    const predictions: readonly Prediction[] = records.map((_, row) =>
      together(
        all.map((of) => at(of, row)),
        answer,
      ),
    );
    return isList(input) ? predictions : at(predictions, 0);
  }
  return predict;
}
