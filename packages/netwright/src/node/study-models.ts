// The models that a study has kept, as they are used together: `load`, `predict` and `evaluate` take the folder of a study as
// that of a run.

import { join } from "node:path";
import { at, count, cutList, grouped } from "@netwright/definitions";
import type { Backend, RunBundle } from "@netwright/runtime";
import { readRun } from "@netwright/runtime/node";
import { fromOutcome } from "../api/train.ts";
import { type OpenOptions, openModel } from "../model/loaded-model.ts";
import { type SavedModel, savedModel } from "../model/saved-model.ts";
import { projectError, projectWarning } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { type ModelsTogether, modelsTogether } from "../study/models-together.ts";
import { describePlanned, plannedRuns } from "../study/study-plan.ts";
import type { StudyEntry, StudyRecord } from "../study/study-record.ts";
import { runName } from "../training/run-name.ts";
import { openStudy, studyFolder } from "./study-folder.ts";

export interface StudyModels {
  readonly record: StudyRecord;
  /** Of the study. */
  readonly directory: string;
  /** Those that are done, in the order of the plan; at least one. */
  readonly runs: readonly StudyModel[];
}

export interface StudyModel {
  readonly entry: StudyEntry;
  readonly directory: string;
  readonly bundle: RunBundle;
}

/**
 * The runs of a study, each checked as one that is read by itself, and held to the record of the study. Of one that is not done,
 * the runs so far, with a warning, NW0731. Problems: those of a study and of a run that are read; NW0730 where no model is kept, NW0732 for
 * a run that is another one than the study had.
 */
export async function readStudyModels(path: string): Promise<Checked<StudyModels>> {
  const opened = await openStudy(path);
  if (!opened.ok) return opened;
  const record = opened.value;
  const directory = studyFolder(path);
  if (!record.keep || record.runs.length === 0) return reject([nothingKept(directory, record)]);
  const runs: StudyModel[] = [];
  for (const entry of record.runs) {
    const place = join(directory, runName({ name: record.name, hash: entry.hash }));
    const read = fromOutcome(await readRun(place));
    if (!read.ok)
      return reject(
        read.diagnostics.map((one) => ({ ...one, notes: [...one.notes, OF_STUDY, whereIs(directory)] })),
      );
    const { hash } = read.value.record;
    if (hash.run !== entry.hash.run || hash.weights !== entry.hash.weights)
      return reject([
        projectError(
          "NW0732",
          `the run \`${place}\` is another one than the study had there`,
          ["Put the run of the study back, or study anew."],
          undefined,
        ),
      ]);
    runs.push({ entry, directory: place, bundle: read.value });
  }
  const all = plannedRuns(record.plan).length;
  return accept(
    { record, directory, runs },
    all === runs.length ? [] : [unfinished(directory, runs.length, all)],
  );
}

function nothingKept(directory: string, { keep }: StudyRecord) {
  return keep
    ? projectError(
        "NW0730",
        `no run of the study \`${directory}\` is done yet, so there is nothing to predict with`,
        [`Go on with it: \`netwright train --resume ${directory}\`.`],
        undefined,
      )
    : projectError(
        "NW0730",
        `the study \`${directory}\` has kept its results and not its models`,
        ["Study anew with `--keep`; each run comes out with the same bits."],
        undefined,
      );
}

function unfinished(directory: string, done: number, all: number) {
  return projectWarning(
    "NW0731",
    `the study \`${directory}\` is not done: ${done} of ${count(all, "model")} predict together`,
    [`Go on with it: \`netwright train --resume ${directory}\`.`],
    undefined,
  );
}

function whereIs(directory: string): string {
  return `\`netwright train --resume ${directory}\` says which models are missing, and where they are if they were saved elsewhere.`;
}

const OF_STUDY = "It is a run of the study, all of which predict together.";

/** `lacking` are the runs that have none. */
function noInterval({ name, plan, runs }: StudyRecord, lacking: readonly StudyEntry[]) {
  const each = lacking.map(
    (entry) => `\`${runName({ name, hash: entry.hash })}\`, of ${describePlanned(entry, plan)}`,
  );
  return projectWarning(
    "NW0857",
    `the models of the study have no interval together: ${grouped(lacking.length)} of ${count(runs.length, "run")} ${lacking.length === 1 ? "has" : "have"} none`,
    [
      `Without one: ${cutList(each)}.`,
      "The validation rows did not tell what it would be, as was said when the run was trained: `train` the file with its seed to see why.",
    ],
    undefined,
  );
}

/** Each run as a model, read back. */
export async function savedModels(
  runs: readonly Pick<StudyModel, "bundle">[],
  catalog?: OpenOptions["catalog"],
): Promise<Checked<readonly SavedModel[]>> {
  const saved: SavedModel[] = [];
  for (const { bundle } of runs) {
    const one = await savedModel(bundle.model, catalog);
    if (!one.ok) return one;
    saved.push(one.value);
  }
  return accept(saved);
}

/**
 * All of them on a backend.
 * @throws BackendError when the backend cannot run a model
 */
export async function openTogether(
  { runs, record }: Pick<StudyModels, "runs" | "record">,
  saved: readonly SavedModel[],
  backend: Backend,
  { spread = false, ...options }: Omit<OpenOptions, "saved"> & { readonly spread?: boolean } = {},
): Promise<Checked<ModelsTogether>> {
  const { intervals } = record;
  const models = [];
  for (const [place, { bundle }] of runs.entries()) {
    const own = saved[place];
    const opened = await openModel(bundle.model, backend, {
      ...options,
      ...(own === undefined ? {} : { saved: own }),
    });
    if (!opened.ok) return opened;
    models.push(opened.value);
  }
  const together = modelsTogether(models, { spread, intervals: intervals ?? null });
  if (!together.ok || together.value.lacking.length === 0) return together;
  const lacking = together.value.lacking.map((place) => at(runs, place).entry);
  return accept(together.value, [...together.diagnostics, noInterval(record, lacking)]);
}
