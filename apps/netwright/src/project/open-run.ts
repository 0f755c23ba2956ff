// A saved run and the backend to use it on; everything that is wrong with either is said at once.

import { join } from "node:path";
import type { ReadSettings } from "@netwright/data";
import { at } from "@netwright/definitions";
import {
  type Backend,
  backendProblem,
  isBackendError,
  type RunBundle,
  runFileNames,
} from "@netwright/runtime";
import { readRun } from "@netwright/runtime/node";
import {
  accept,
  type Checked,
  findBackend,
  fromOutcome,
  fromRuntime,
  isStudy,
  type LoadedModel,
  type ModelsTogether,
  openModel,
  openTogether,
  pictureColumns,
  readingOf,
  readStudyModels,
  reject,
  type SavedModel,
  STUDY_RECORD,
  type StudyModels,
  savedModel,
  savedModels,
  studyFolder,
} from "netwright";
import { type BackendOptions, emulationNote, threadsNote, threadsOf } from "../usage/options.ts";

export interface OpenedRun {
  readonly bundle: RunBundle;
  readonly backend: Backend;
  readonly model: LoadedModel;
  /** The same, where it is the models of a study. */
  readonly together: ModelsTogether | null;
  /** Why the backend does not use as many threads as were asked for, or computes slowly. */
  readonly note?: string;
}

/** A run before there is a backend for it; of a study, the first of its runs. */
export interface ReadRun {
  readonly bundle: RunBundle;
  readonly saved: SavedModel;
  /** The runs that predict together, and as they are read back; null where the folder is that of a run. */
  readonly study: (StudyModels & { readonly saved: readonly SavedModel[] }) | null;
}

/** The folder of a run, or of a study that has kept its models. */
export async function readSavedRun(directory: string): Promise<Checked<ReadRun>> {
  if (await isStudy(directory)) return readSavedStudy(directory);
  const bundle = fromOutcome(await readRun(directory));
  if (!bundle.ok) return bundle;
  const saved = await savedModel(bundle.value.model);
  if (!saved.ok) return saved;
  const read = { bundle: bundle.value, saved: saved.value, study: null };
  return accept(read, saved.diagnostics, saved.sources);
}

async function readSavedStudy(directory: string): Promise<Checked<ReadRun>> {
  const study = await readStudyModels(directory);
  if (!study.ok) return study;
  const { runs } = study.value;
  const saved = await savedModels(runs);
  if (!saved.ok) return saved;
  const { bundle } = at(runs, 0);
  const read = { bundle, saved: at(saved.value, 0), study: { ...study.value, saved: saved.value } };
  return accept(read, study.diagnostics);
}

/** How a table for the run is read. */
export function readingOfRun(
  run: Checked<ReadRun>,
): ReadSettings & { readonly pictures?: readonly string[] } {
  if (!run.ok) return {};
  const { model } = run.value.saved;
  return { ...readingOf(model), ...(model.data === null ? {} : { pictures: pictureColumns(model.data) }) };
}

/** `rows` is how many will be predicted; 0 for an evaluation. */
export async function openRun(
  run: Checked<ReadRun>,
  rows: number,
  { backend: backendName, spread = false, ...options }: BackendOptions & { readonly spread?: boolean },
): Promise<Checked<OpenedRun>> {
  const backend = fromOutcome(await findBackend(backendName));
  if (!run.ok || !backend.ok) return reject([...run.diagnostics, ...backend.diagnostics], run.sources);
  const { bundle, saved, study } = run.value;
  const asked = threadsOf(options);
  const limits = { ...asked, rows };
  const together =
    study === null
      ? null
      : await guarded(() => openTogether(study, study.saved, backend.value, { ...limits, spread }));
  if (together?.ok === false) return together;
  const model =
    together ?? (await guarded(() => openModel(bundle.model, backend.value, { ...limits, saved })));
  if (!model.ok) return model;
  const note =
    (asked.threads === undefined ? undefined : threadsNote(await backend.value.describe(asked), asked)) ??
    emulationNote(bundle.record.numerics !== undefined, backend.value);
  return accept(
    {
      bundle,
      backend: backend.value,
      model: model.value,
      together: together?.value ?? null,
      ...(note === undefined ? {} : { note }),
    },
    [...run.diagnostics, ...model.diagnostics],
    run.sources,
  );
}

/** What is read of a run, or of the runs of a study, for a command that also writes. */
export function runFiles(directory: string, run?: Checked<ReadRun>): readonly string[] {
  const study = run?.ok === true ? run.value.study : null;
  const folders = study === null ? [directory] : study.runs.map((one) => one.directory);
  const files = folders.flatMap((folder) => Object.values(runFileNames).map((name) => join(folder, name)));
  return study === null ? files : [join(studyFolder(directory), STUDY_RECORD), ...files];
}

/** The result, or what a backend says about why it cannot be used. */
export async function guarded<T>(work: () => Promise<Checked<T>>): Promise<Checked<T>> {
  try {
    return await work();
  } catch (error) {
    if (!isBackendError(error)) throw error;
    return reject([fromRuntime(backendProblem(error))]);
  }
}
