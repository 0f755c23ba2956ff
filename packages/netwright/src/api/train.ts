// `train` of the public API, over whatever file system the entry point binds.

import type { InputRecord } from "@netwright/data";
import type { Override } from "@netwright/lang";
import type {
  EpochEvent,
  Expectation,
  History,
  Metrics,
  Outcome,
  RunBundle,
  RunRecord,
} from "@netwright/runtime";
import { findBackend } from "../backends/registry.ts";
import type { Files } from "../files/files.ts";
import { valueOrThrow } from "../netwright-error.ts";
import { fromRuntime } from "../project/diagnostics.ts";
import { openProject, type ProjectSource } from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { runTraining, type TrainedRun } from "../training/run-training.ts";
import { tableOf } from "./table-of.ts";
import { type UsableModel, usableModel } from "./usable-model.ts";

export interface TrainOptions {
  /** `auto` (the default), `wasm`, `reference`, or the package of another backend. */
  readonly backend?: string;
  /** Params and settings by path: `{ depth: 4, "train.batch": 64 }`; as `--set` on the command line. */
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  /** As `set: { "train.seed": ... }`. */
  readonly seed?: number;
  /** As `set: { "train.epochs": ... }`. */
  readonly epochs?: number;
  /** CSV text or records in place of the file that the `data` section names. */
  readonly data?: string | readonly InputRecord[];
  readonly threads?: number;
  /** When it aborts, training ends after the running step, with the weights it has. */
  readonly signal?: AbortSignal;
  readonly onEpoch?: (event: EpochEvent) => void;
}

export interface TrainedModel extends UsableModel {
  readonly status: RunRecord["status"];
  /** In original units; `null` for a split without rows. */
  readonly metrics: { readonly [S in "train" | "validation" | "test"]: Metrics | null };
  readonly history: History;
  readonly expectations: readonly Expectation[];
  readonly record: RunRecord;
  readonly bundle: RunBundle;
}

/** @throws NetwrightError with every diagnostic when the text, the data or the training is at fault */
export async function trainWith(
  source: ProjectSource,
  files: Files,
  options: TrainOptions,
  platform: Readonly<Record<string, string>> = {},
): Promise<{ readonly model: TrainedModel; readonly run: TrainedRun }> {
  const { data, threads, signal, onEpoch } = options;
  const backend = valueOrThrow(fromOutcome(await findBackend(options.backend)));
  const table = data === undefined ? undefined : valueOrThrow(tableOf(data));
  const project = openProject(source, {
    files,
    overrides: overridesOf(options),
    ...(table === undefined ? {} : { table }),
  });
  const run = valueOrThrow(
    await runTraining(project, {
      backend,
      platform,
      ...(threads === undefined ? {} : { threads }),
      ...(signal === undefined ? {} : { signal }),
      ...(onEpoch === undefined ? {} : { callbacks: { onEpoch } }),
    }),
  );
  if (run.result.status === "non_finite") valueOrThrow(reject(run.findings, project.sources));
  const { record, history, model: file } = run.bundle;
  const { train, validation, test } = record.splits;
  const model: TrainedModel = {
    ...usableModel(async () => ({ file, backend })),
    status: record.status,
    metrics: {
      train: train?.metrics ?? null,
      validation: validation?.metrics ?? null,
      test: test?.metrics ?? null,
    },
    history,
    expectations: record.expectations,
    record,
    bundle: run.bundle,
  };
  return { model, run };
}

export function fromOutcome<T>(outcome: Outcome<T>): Checked<T> {
  return outcome.ok ? accept(outcome.value) : reject(outcome.problems.map((problem) => fromRuntime(problem)));
}

function overridesOf({ set = {}, seed, epochs }: TrainOptions): readonly Override[] {
  return [
    ...Object.entries(set).map(([path, value]) => ({ path, value: String(value) })),
    ...(seed === undefined ? [] : [{ path: "train.seed", value: String(seed) }]),
    ...(epochs === undefined ? [] : [{ path: "train.epochs", value: String(epochs) }]),
  ];
}
