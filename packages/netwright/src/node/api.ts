// `train` and `load` in Node, on the file system.

import { dirname, join } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import type { RunBundle } from "@netwright/runtime";
import { readRun } from "@netwright/runtime/node";
import { checkArgument, checkOptions, type Kind, kinds } from "../api/check-options.ts";
import {
  type DependenceOptions,
  dependenceWith,
  type ImportanceOptions,
  importanceWith,
} from "../api/influence.ts";
import {
  fromOutcome,
  openForTraining,
  type Platform,
  TRAIN_OPTIONS,
  type Trained,
  type TrainedModel,
  type TrainOptions,
  trainWith,
} from "../api/train.ts";
import { LOAD_OPTIONS, type LoadOptions, type UsableModel, usableModel } from "../api/usable-model.ts";
import type { Baselines } from "../baselines/baselines.ts";
import type { Dependence } from "../influence/dependence.ts";
import type { Importances } from "../influence/importance.ts";
import { NetwrightError, valueOrThrow } from "../netwright-error.ts";
import { projectError } from "../project/diagnostics.ts";
import { RANGE, type RangeTest, type RangeTestOptions, rangeTest } from "../rates/range-test.ts";
import { STUDY_OPTIONS, type Study, type StudyOptions, studyWith } from "../study/study.ts";
import { checkpointWarning, earlierWarning } from "../training/checkpoint-warnings.ts";
import { runName } from "../training/run-name.ts";
import { runToFiles } from "../training/run-to-files.ts";
import { findBackend, recordedBackend } from "./backends.ts";
import { baselinesOf } from "./baselines.ts";
import { type CheckpointFolder, checkpointFolder, checkpointOf } from "./checkpoint-folder.ts";
import { nodeFiles, readText } from "./files.ts";
import { INITIAL_WEIGHTS, initialWeightsSetting } from "./initial-weights-setting.ts";
import { readInterrupted } from "./read-interrupted.ts";
import { putRun } from "./run-place.ts";
import { isStudy } from "./study-folder.ts";

export interface FolderOptions {
  /** Folders whose files `use` may name, beside those of the `.net` file and the current one. */
  readonly allow?: readonly string[];
  /**
   * Bytes of memory that there are for a table, where that is not all of it. Columns that would take more than a quarter, and
   * encoded rows that would, lie in files of the system's folder for those while training lasts; the bits are the same.
   */
  readonly memory?: number;
}

export interface NodeTrainOptions extends TrainOptions, FolderOptions {
  /**
   * Folder in which checkpoints are kept while training goes on: as often as the file asks for, and every minute. By default
   * `runs` where the file asks for them, and none otherwise.
   */
  readonly checkpoints?: string;
  /**
   * The directory of a run whose weights training begins with: those of each layer that it has by the same name and in the same
   * shape. As `set: { "train.initial_weights": ... }`.
   */
  readonly from?: string;
  /** The directory of an interrupted run, or of a checkpoint, to go on with to the same bits. */
  readonly resume?: string;
}
export interface NodeStudyOptions
  extends StudyOptions<SavableModel>,
    FolderOptions,
    Pick<NodeTrainOptions, "from"> {}

export interface BaselineOptions
  extends Pick<TrainOptions, "set" | "seed" | "data" | "catalog">,
    FolderOptions {
  /** The directory of a run of the file, to stand beside the baselines. */
  readonly run?: string;
  /** The folder in which one is looked for where none is named; `runs` by default. */
  readonly runs?: string;
}

export const BASELINE_OPTIONS: { readonly [K in keyof BaselineOptions]-?: Kind } = {
  set: kinds.settings,
  seed: kinds.seed,
  data: kinds.rows,
  catalog: kinds.catalog,
  allow: kinds.paths,
  memory: kinds.bytes,
  run: kinds.path,
  runs: kinds.path,
};

export interface SavableModel extends TrainedModel {
  /**
   * Writes the run to `<folder>/<model>-<hash>/`, whole or not at all; gives the directory. Where a run of the same training
   * is that has come further, one that was interrupted is put beside it.
   */
  readonly save: (folder?: string) => Promise<string>;
}

/**
 * Trains a model. `source` is the text of a `.net` file, whose data is found relative to the current
 * directory, or the path of one, ending in `.net`, whose data is found relative to it.
 * @throws NetwrightError with every diagnostic when the text, the data or the training is at fault
 */
export async function train(source: string, options: NodeTrainOptions = {}): Promise<SavableModel> {
  checkArgument("the source of `train`", source, kinds.text);
  checkOptions("train", options, {
    ...TRAIN_OPTIONS,
    allow: kinds.paths,
    memory: kinds.bytes,
    checkpoints: kinds.path,
    from: kinds.path,
    resume: kinds.path,
  });
  const { checkpoints: folder, resume, allow, memory, from, ...others } = beginningWith(source, options);
  const warnings: Diagnostic[] = [];
  const checkpoints = checkpointFolder(folder ?? RUNS, {
    byTime: folder !== undefined,
    onProblem: (found, place) => warnings.push(checkpointWarning(found, place)),
  });
  const interrupted = resume === undefined ? null : valueOrThrow(await readInterrupted(resume));
  const backend =
    interrupted === null || others.backend !== undefined
      ? others.backend
      : valueOrThrow(await recordedBackend(interrupted.run.record.backend.name));
  const trained = await trainWith(
    sourceOf(source),
    platform(source, { allow, memory, from }),
    backend === undefined ? others : { ...others, backend },
    {
      checkpoints,
      onEarlier: (found) => {
        const place = found.place ?? checkpointOf(join(folder ?? RUNS, found.name));
        warnings.push(earlierWarning(found, `\`train\` with \`{ resume: "${place}" }\``));
      },
      ...(interrupted === null ? {} : { resume: interrupted.run }),
    },
  );
  const { model, run } = trained;
  const all = [...model.warnings, ...warnings];
  return savable({ model: { ...model, warnings: all }, run }, checkpoints, interrupted?.directory);
}

/**
 * Trains a model several times, with other seeds, other test rows or both. `source` is that of `train`.
 * @throws NetwrightError with every diagnostic when the text, the data or a training is at fault
 */
export async function study(source: string, options: NodeStudyOptions = {}): Promise<Study<SavableModel>> {
  checkArgument("the source of `study`", source, kinds.text);
  checkOptions("study", options, {
    ...STUDY_OPTIONS,
    allow: kinds.paths,
    memory: kinds.bytes,
    from: kinds.path,
  });
  const { from, ...asked } = beginningWith(source, options);
  return studyWith(sourceOf(source), platform(source, { ...asked, from }), asked, (trained) =>
    savable(trained),
  );
}

/**
 * Fits simple models to the training rows of a file, and measures them on its validation and test rows, beside the network where a
 * run of the file is found. `source` is that of `train`.
 * @throws NetwrightError with every diagnostic when the text, the data or the run is at fault
 */
export async function baseline(source: string, options: BaselineOptions = {}): Promise<Baselines> {
  checkArgument("the source of `baseline`", source, kinds.text);
  checkOptions("baseline", options, BASELINE_OPTIONS);
  const { run, runs = RUNS, ...others } = options;
  const project = await openForTraining(sourceOf(source), platform(source, options), others);
  return valueOrThrow(await baselinesOf(project, { runs, ...(run === undefined ? {} : { run }) }));
}

/** `from` as the setting that it stands for, which is relative to the file. */
function beginningWith<O extends NodeStudyOptions | NodeTrainOptions>(source: string, options: O): O {
  const { from, set = {} } = options;
  if (from === undefined) return options;
  const setting = { [INITIAL_WEIGHTS]: initialWeightsSetting(from, isPath(source) ? source : undefined) };
  return { ...options, set: { ...set, ...setting } };
}

export interface RatesOptions
  extends Pick<TrainOptions, "set" | "seed" | "data" | "catalog" | "backend" | "threads" | "signal">,
    Pick<RangeTestOptions, "least" | "most" | "steps">,
    FolderOptions {}

export const RATES_OPTIONS: { readonly [K in keyof RatesOptions]-?: Kind } = {
  set: kinds.settings,
  seed: kinds.seed,
  data: kinds.rows,
  catalog: kinds.catalog,
  backend: kinds.backend,
  threads: kinds.threads,
  signal: kinds.signal,
  least: kinds.rate,
  most: kinds.rate,
  steps: kinds.epochs,
  allow: kinds.paths,
  memory: kinds.bytes,
};

/**
 * Tries learning rates on the training rows of a file, each for one update, from `least` to `most`, and suggests the one in the middle
 * of the longest way down of the loss. `source` is that of `train`; nothing is saved.
 * @throws NetwrightError with every diagnostic when the text, the data or the training is at fault
 */
export async function learningRates(source: string, options: RatesOptions = {}): Promise<RangeTest> {
  checkArgument("the source of `learningRates`", source, kinds.text);
  checkOptions("learningRates", options, RATES_OPTIONS);
  const { least, most, steps, threads, signal, backend: choice, ...others } = options;
  checkArgument("`most` of `learningRates`", most ?? RANGE.most, {
    expected: "a rate above `least`",
    is: (value) => typeof value === "number" && value > (least ?? RANGE.least),
  });
  const backend = valueOrThrow(fromOutcome(await findBackend(choice)));
  const project = await openForTraining(sourceOf(source), platform(source, options), others);
  return valueOrThrow(
    await rangeTest(project, {
      backend,
      ...(least === undefined ? {} : { least }),
      ...(most === undefined ? {} : { most }),
      ...(steps === undefined ? {} : { steps }),
      ...(threads === undefined ? {} : { threads }),
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

const RUNS = "runs";

/** What is opened, as options give it. */
type Reach = {
  readonly [K in keyof Pick<NodeTrainOptions, "allow" | "memory" | "from">]: NodeTrainOptions[K] | undefined;
};

/** Who names a run in a program may open it, and nothing beside it. */
function platform(source: string, { allow = [], memory, from }: Reach): Platform {
  const folders = [isPath(source) ? dirname(source) : ".", ".", ...allow];
  const files = nodeFiles(folders, { memory, runs: from === undefined ? [] : [from] });
  return { files, findBackend, versions: { node: process.versions.node } };
}

function savable({ model, run }: Trained, checkpoints?: CheckpointFolder, resumed?: string): SavableModel {
  const save = async (folder = RUNS) => {
    checkArgument("the folder of `save`", folder, kinds.path);
    const { files, diagnostics } = runToFiles(run);
    const named = join(folder, runName(run.bundle.record));
    const { directory } = valueOrThrow(fromOutcome(await putRun(named, run.bundle, files)));
    // One without its checkpoint takes the place of none.
    if (diagnostics.length === 0) await checkpoints?.sweep(run.bundle, resumed);
    return directory;
  };
  return { ...model, save };
}

export interface NodeLoadOptions extends LoadOptions {
  /** Of a study: each prediction has beside it, under `spread`, the standard deviation over the models. */
  readonly spread?: boolean;
}

/**
 * A saved run, by its directory, or a study that has kept its models, which then predict together. Opened when it is first used:
 * `await load(directory).predict(record)`.
 * @throws NetwrightError at once for an option that there is not, or a value of the wrong kind
 */
export function load(directory: string, options: NodeLoadOptions = {}): UsableModel {
  checkArgument("the directory of `load`", directory, kinds.path);
  checkOptions("load", options, { ...LOAD_OPTIONS, spread: kinds.flag });
  const { threads, catalog, spread = false } = options;
  return usableModel(async () => {
    const isSeveral = await isStudy(directory);
    checkArgument("`spread` of `load`", spread, {
      expected: "no `spread` of a single run, which has none",
      is: () => isSeveral || !spread,
    });
    const findOne = async () => valueOrThrow(fromOutcome(await findBackend(options.backend)));
    if (!isSeveral) {
      const { model: file } = valueOrThrow(fromOutcome(await readRun(directory)));
      return { file, backend: await findOne(), threads, catalog };
    }
    const { openTogether, readStudyModels, savedModels } = await import("./study-models.ts");
    const models = valueOrThrow(await readStudyModels(directory));
    const saved = valueOrThrow(await savedModels(models.runs, catalog));
    const limit = threads === undefined ? {} : { threads };
    return valueOrThrow(await openTogether(models, saved, await findOne(), { ...limit, catalog, spread }));
  });
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

/** And not the text itself. */
function isPath(source: string): boolean {
  return /^[^\n\r]+\.net$/.test(source.trim());
}

function sourceOf(source: string) {
  if (!isPath(source)) return { file: "model.net", text: source };
  const read = readText(source);
  if (read.ok) return { file: read.file, text: read.text };
  const message = `the file \`${source}\` cannot be read: ${read.reason}`;
  throw new NetwrightError([projectError("NW0613", message, [], undefined)], new Map());
}
