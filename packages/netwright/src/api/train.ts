// `train` of the public API, over whatever file system the entry point binds.

import type { InputRecord } from "@netwright/data";
import type { Diagnostic, Override } from "@netwright/lang";
import type {
  Backend,
  EpochEvent,
  Expectation,
  History,
  Metrics,
  Outcome,
  RunBundle,
  RunRecord,
} from "@netwright/runtime";
import { onDevices } from "../backends/on-devices.ts";
import type { BackendChoice } from "../backends/registry.ts";
import type { FullCatalog } from "../catalog/catalog.ts";
import type { Files } from "../files/files.ts";
import { NetwrightError, valueOrThrow } from "../netwright-error.ts";
import { fromRuntime } from "../project/diagnostics.ts";
import {
  openAnyProject,
  type Project,
  type ProjectOptions,
  type ProjectSource,
} from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { tablePathForNet } from "../project/table-for-net.ts";
import { type RunOptions, runTraining } from "../training/run-training.ts";
import type { TrainedRun } from "../training/trained-run.ts";
import { type Kind, kinds } from "./check-options.ts";
import { type UsableModel, usableModel } from "./usable-model.ts";

export interface TrainOptions {
  /** `auto` (the default), the name of a backend, a package that holds one, or a backend. */
  readonly backend?: BackendChoice;
  /** Params and settings by path: `{ depth: 4, "train.batch": 64 }`; as `--set` on the command line. */
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  /** As `set: { "train.seed": ... }`. */
  readonly seed?: number;
  /** As `set: { "train.epochs": ... }`. */
  readonly epochs?: number;
  /** CSV text or records in place of the file that the `data` section names. */
  readonly data?: string | readonly InputRecord[];
  /** At most so many threads compute; by default as many as there are processors to gain from. */
  readonly threads?: number;
  /** `false` refuses `numerics: fused` where the engine has no instruction for it; by default it is computed in many, slowly. */
  readonly emulation?: boolean;
  /** How many devices train together, with a backend that can; by default one. */
  readonly devices?: number;
  /** When it aborts, training ends after the running step, with the weights it has. */
  readonly signal?: AbortSignal;
  /** What the file may name, where that is more than Netwright's own: see `extendCatalog`. */
  readonly catalog?: FullCatalog;
  readonly onEpoch?: (event: EpochEvent) => void;
}

/** `null` for a split without rows. */
export type SplitMetrics = { readonly [S in "train" | "validation" | "test"]: Metrics | null };

export interface TrainedModel extends UsableModel {
  readonly status: RunRecord["status"];
  /** In original units. */
  readonly metrics: SplitMetrics;
  /** What predicting the mean of the training rows gives, for comparison; of windows the value of the season before, or the last. */
  readonly baseline: SplitMetrics;
  /** Of the file, its data and the result: what is not wrong and yet worth a look. */
  readonly warnings: readonly Diagnostic[];
  readonly history: History;
  readonly expectations: readonly Expectation[];
  readonly record: RunRecord;
  readonly bundle: RunBundle;
}

export const TRAIN_OPTIONS: { readonly [K in keyof TrainOptions]-?: Kind } = {
  backend: kinds.backend,
  set: kinds.settings,
  seed: kinds.seed,
  epochs: kinds.epochs,
  data: kinds.rows,
  threads: kinds.threads,
  emulation: kinds.flag,
  devices: kinds.devices,
  signal: kinds.signal,
  catalog: kinds.catalog,
  onEpoch: kinds.call,
};

/** What an entry point for one kind of machine binds. */
export interface Platform {
  readonly files: Files;
  readonly findBackend: (choice: BackendChoice | undefined) => Promise<Outcome<Backend>>;
  /** Versions of what runs Netwright, for the record. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface Trained {
  readonly model: TrainedModel;
  readonly run: TrainedRun;
}

/** @throws NetwrightError where there is no such backend */
export async function backendFor(
  { findBackend }: Platform,
  { backend }: Pick<TrainOptions, "backend">,
): Promise<Backend> {
  return valueOrThrow(fromOutcome(await findBackend(backend)));
}

/**
 * `shared` is what several trainings of one file have in common.
 * @throws NetwrightError with every diagnostic when the text, the data or the training is at fault
 */
export async function trainWith(
  source: ProjectSource,
  platform: Platform,
  options: TrainOptions,
  shared: Pick<ProjectOptions, "memory" | "fold"> &
    Pick<RunOptions, "checkpoints" | "onEarlier" | "resume" | "executables"> = {},
): Promise<Trained> {
  const { threads, emulation, devices, signal, catalog, onEpoch } = options;
  const { memory, fold, ...more } = shared;
  checkIsNet(source);
  const backend = await backendFor(platform, options);
  const training = valueOrThrow(onDevices(backend, devices, shared.resume?.record.backend));
  const project = await openForTraining(source, platform, options, {
    ...(memory === undefined ? {} : { memory }),
    ...(fold === undefined ? {} : { fold }),
  });
  const run = valueOrThrow(
    await runTraining(project, {
      backend: training,
      platform: platform.versions,
      ...more,
      ...(threads === undefined ? {} : { threads }),
      ...(emulation === undefined ? {} : { emulation }),
      ...(signal === undefined ? {} : { signal }),
      ...(onEpoch === undefined ? {} : { callbacks: { onEpoch } }),
    }),
  );
  if (run.result.status === "non_finite") valueOrThrow(reject(run.findings, project.sources));
  const { record, history, model: file } = run.bundle;
  const { train, validation, test } = record.splits;
  const found = [...project.diagnostics, ...run.findings];
  const model: TrainedModel = {
    ...usableModel(async () => ({ file, backend, threads, catalog })),
    status: record.status,
    metrics: {
      train: train?.metrics ?? null,
      validation: validation?.metrics ?? null,
      test: test?.metrics ?? null,
    },
    baseline: {
      train: train?.baseline ?? null,
      validation: validation?.baseline ?? null,
      test: test?.baseline ?? null,
    },
    warnings: found.filter(({ severity }) => severity === "warning"),
    history,
    expectations: record.expectations,
    record,
    bundle: run.bundle,
  };
  return { model, run };
}

/** A text is no path of a table. */
function checkIsNet(source: ProjectSource): void {
  const table = tablePathForNet(source.text);
  if (table !== null) throw new NetwrightError([table], new Map());
}

/** @throws NetwrightError for the path of a table in place of a text */
export async function openForTraining(
  source: ProjectSource,
  { files }: Pick<Platform, "files">,
  options: Pick<TrainOptions, "set" | "seed" | "epochs" | "data" | "catalog">,
  shared: Pick<ProjectOptions, "memory" | "fold"> = {},
): Promise<Project> {
  checkIsNet(source);
  const { data, catalog } = options;
  return openAnyProject(source, {
    files,
    overrides: overridesOf(options),
    ...shared,
    ...(data === undefined ? {} : { data }),
    ...(catalog === undefined ? {} : { catalog }),
  });
}

export function fromOutcome<T>(outcome: Outcome<T>): Checked<T> {
  return outcome.ok ? accept(outcome.value) : reject(outcome.problems.map((problem) => fromRuntime(problem)));
}

export function overridesOf({ set = {}, seed, epochs }: TrainOptions): readonly Override[] {
  return [
    ...Object.entries(set).map(([path, value]) => ({ path, value: String(value) })),
    ...(seed === undefined ? [] : [{ path: "train.seed", value: String(seed) }]),
    ...(epochs === undefined ? [] : [{ path: "train.epochs", value: String(epochs) }]),
  ];
}
