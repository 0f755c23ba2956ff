// The public API in browsers: texts and data are handed in, runs are files in memory.

import {
  type Backend,
  bundleToFiles,
  filesToBundle,
  type Outcome,
  type RunBundle,
  type RunFiles,
} from "@netwright/runtime";
import { checkArgument, checkOptions, kinds } from "../api/check-options.ts";
import {
  type DependenceOptions,
  dependenceWith,
  type ImportanceOptions,
  importanceWith,
} from "../api/influence.ts";
import {
  fromOutcome,
  type Platform,
  TRAIN_OPTIONS,
  type Trained,
  type TrainedModel,
  type TrainOptions,
  trainWith,
} from "../api/train.ts";
import { LOAD_OPTIONS, type LoadOptions, type UsableModel, usableModel } from "../api/usable-model.ts";
import { type BackendChoice, findBackendIn, portableBackends } from "../backends/registry.ts";
import { memoryFiles } from "../files/files.ts";
import type { Dependence } from "../influence/dependence.ts";
import type { Importances } from "../influence/importance.ts";
import { valueOrThrow } from "../netwright-error.ts";
import type { ProjectSource } from "../project/open-project.ts";
import { STUDY_OPTIONS, type Study, type StudyOptions, studyWith } from "../study/study.ts";

export * from "../index.ts";

/** A known backend, `auto`, the package of a third party, or a backend. Problems: NW0810 to NW0814. */
export function findBackend(choice?: BackendChoice): Promise<Outcome<Backend>> {
  return findBackendIn(backends, choice);
}

/** A page has what was bundled for it, and nothing by its name. */
const backends = portableBackends.map((entry) =>
  entry.load === undefined
    ? { ...entry, afterInstall: "Then import its `backend` and hand it in: `{ backend }`." }
    : entry,
);

export interface BrowserTrainOptions extends TrainOptions {
  /** What the source names, by path: its data, as text or as bytes, and files that it uses. */
  readonly files?: ReadonlyMap<string, string | Uint8Array>;
}

export interface DownloadableModel extends TrainedModel {
  /** The files of the run by name, to offer for download or to keep; `load` takes them. */
  readonly files: () => RunFiles;
}

/**
 * Trains a model from the text of a `.net` file.
 * @throws NetwrightError with every diagnostic when the text, the data or the training is at fault
 */
export async function train(source: string, options: BrowserTrainOptions = {}): Promise<DownloadableModel> {
  checkArgument("the source of `train`", source, kinds.text);
  checkOptions("train", options, { ...TRAIN_OPTIONS, files: kinds.files });
  return downloadable(await trainWith(sourceOf(source), platformOf(options), options));
}

export interface BrowserStudyOptions
  extends StudyOptions<DownloadableModel>,
    Pick<BrowserTrainOptions, "files"> {}

/**
 * Trains a model several times, with other seeds, other test rows or both.
 * @throws NetwrightError with every diagnostic when the text, the data or a training is at fault
 */
export async function study(
  source: string,
  options: BrowserStudyOptions = {},
): Promise<Study<DownloadableModel>> {
  checkArgument("the source of `study`", source, kinds.text);
  checkOptions("study", options, { ...STUDY_OPTIONS, files: kinds.files });
  return studyWith(sourceOf(source), platformOf(options), options, downloadable);
}

function sourceOf(text: string): ProjectSource {
  return { file: "model.net", text };
}

function platformOf({ files = new Map() }: Pick<BrowserTrainOptions, "files">): Platform {
  return { files: memoryFiles(files), findBackend, versions: {} };
}

function downloadable({ model, run }: Trained): DownloadableModel {
  return { ...model, files: () => bundleToFiles(run.bundle, run.program.state) };
}

/**
 * How much worse a trained run (`bundle` of what `train` gives) gets on labelled rows where the values of a column are dealt out anew.
 * @throws NetwrightError when the run, the data or the metric is at fault
 */
export function importance(run: RunBundle, options: ImportanceOptions): Promise<Importances> {
  return importanceWith(findBackend, run, options);
}

/**
 * What it predicts on average where a column has the same value in all rows.
 * @throws NetwrightError when the run, the data or the column is at fault
 */
export function partialDependence(
  run: RunBundle,
  column: string,
  options: DependenceOptions,
): Promise<Dependence> {
  return dependenceWith(findBackend, run, column, options);
}

/**
 * A run from its files. Opened when it is first used: `await load(files).predict(record)`.
 * @throws NetwrightError at once for an option that there is not, or a value of the wrong kind
 */
export function load(files: RunFiles, options: LoadOptions = {}): UsableModel {
  checkArgument("the files of `load`", files, kinds.files);
  checkOptions("load", options, LOAD_OPTIONS);
  return usableModel(async () => {
    const bundle = valueOrThrow(fromOutcome(filesToBundle(files)));
    const backend = valueOrThrow(fromOutcome(await findBackend(options.backend)));
    return { file: bundle.model, backend, threads: options.threads, catalog: options.catalog };
  });
}
