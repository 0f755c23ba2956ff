// `record.json`: what was done and what came of it. With the source in the model file it is enough to repeat
// the run and to tell whether the same came out.

import {
  amount,
  count,
  dictionary,
  fileName,
  flag,
  hash,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Reader,
  sha256,
  text,
  where,
  word,
} from "@netwright/definitions/json";
import { type BackendInfo, type FusedBy, MOST_DEVICES } from "../backend/backend.ts";
import type { ConfusionMatrix } from "../metrics/confusion-matrix.ts";
import type { Metrics } from "../metrics/table.ts";
import type { NonFiniteFailure } from "../training/non-finite/failure.ts";
import { type TrainingStatus, trainingStatuses } from "../training/result.ts";

/** One line of the `expect` section and how it came out. */
export interface Expectation {
  /** As it stands in the file: `test.r2 > 0.88`. */
  readonly text: string;
  /** `null` where the metric is not defined. */
  readonly value: number | null;
  readonly passed: boolean;
}

/** What the past of a series says by itself of what comes next. */
export interface NaiveMetrics {
  readonly last_value: Metrics;
  /** Absent where it is not known when it comes round. */
  readonly seasonal_naive?: Metrics;
}

export interface SplitRecord {
  readonly rows: number;
  /** Without penalties, in encoded units. */
  readonly loss: number | null;
  /** In original units; those of the kind of target, and what the expectations name beside them. */
  readonly metrics: Metrics;
  /**
   * What predicting the mean of the training rows gives; of windows the value of the season before, or the last one where no season
   * is known. Absent in runs that were saved before it was kept.
   */
  readonly baseline?: Metrics;
  /** Of windows. */
  readonly naive?: NaiveMetrics;
  /** How good the teacher is that was learned from, on those of the rows that it has answered. Absent where there is none. */
  readonly teacher?: { readonly rows: number; readonly metrics: Metrics };
  /** Where classes are predicted, and not many. Absent in runs that were saved before it was kept. */
  readonly confusion?: ConfusionMatrix;
}

/** How the training of a run ended; `imported` where it was trained by another tool, of which nothing is known here. */
export type RunStatus = TrainingStatus | "imported";

/** The file that weights were taken from. */
export interface ImportedFrom {
  /** As `netwright import` calls it: "keras", "onnx". */
  readonly format: string;
  readonly file: string;
  /** What wrote it, as it tells; null where it does not. */
  readonly writer: string | null;
  /** SHA-256 of the file. */
  readonly hash: string;
}

export interface RunRecord {
  readonly format: number;
  /** Of the model: the name of the `.net` file without its ending. */
  readonly name: string;
  /**
   * Of an imported run, `backend`, `seed`, `epochs` and `seconds` say that nothing was computed: no backend, 0 everywhere; no split was
   * measured.
   */
  readonly status: RunStatus;
  /** With status `imported`. */
  readonly imported?: ImportedFrom;
  readonly backend: BackendInfo;
  readonly seed: number;
  readonly epochs: {
    readonly planned: number;
    readonly completed: number;
    /** The epoch that the weights are from, with early stopping. */
    readonly best: number | null;
  };
  /** As given by `--set`, `--seed` and `--epochs`, by setting. */
  readonly overrides: Readonly<Record<string, string>>;
  /** Of Netwright's packages and of what runs them: `{ "netwright": "0.1.0", "node": "20.19.0" }`. */
  readonly versions: Readonly<Record<string, string>>;
  /** SHA-256, hexadecimal. `run` is over all that decides the result, and names the directory. */
  readonly hash: {
    readonly run: string;
    readonly ir: string;
    readonly data: string;
    readonly weights: string;
  };
  /** Where training began with weights of another run: its hashes, and the layers that had them. */
  readonly initial?: {
    readonly hash: { readonly run: string; readonly weights: string };
    readonly layers: readonly string[];
  };
  /** With `numerics: fused`: what computed its product-sums, which changes none of their bits. */
  readonly numerics?: { readonly rounding: "fused"; readonly by: FusedBy };
  /** From which probability on the second of two classes is predicted; absent where the likelier one is. */
  readonly threshold?: number;
  /** `null` for a split without rows. */
  readonly splits: {
    readonly train: SplitRecord | null;
    readonly validation: SplitRecord | null;
    readonly test: SplitRecord | null;
  };
  readonly expectations: readonly Expectation[];
  /** With status `non_finite`. */
  readonly failure: NonFiniteFailure | null;
  /** Wall-clock time; not compared when a run is repeated. */
  readonly seconds: { readonly total: number; readonly train: number };
}

const metricsReader: Reader<Metrics> = dictionary(nullable(number));

const splitReader: Reader<SplitRecord> = object<SplitRecord>({
  rows: count,
  loss: nullable(number),
  metrics: metricsReader,
  baseline: optional(metricsReader),
  naive: optional(
    object<NaiveMetrics>({ last_value: metricsReader, seasonal_naive: optional(metricsReader) }),
  ),
  teacher: optional(object<NonNullable<SplitRecord["teacher"]>>({ rows: count, metrics: metricsReader })),
  confusion: optional(object<ConfusionMatrix>({ classes: list(text), counts: list(list(amount)) })),
});

/** Of a record that names more than one. */
export const deviceCount: Reader<number> = where(
  count,
  `a number of devices from 2 to ${MOST_DEVICES}`,
  (devices) => devices > 1 && devices <= MOST_DEVICES,
);

const failureReader: Reader<NonFiniteFailure> = object<NonFiniteFailure>({
  cause: oneOf("initial_weights", "data", "update", "growth", "overflow", "loss", "unrepeatable"),
  during: oneOf("start", "step", "update", "validation"),
  epoch: count,
  step: count,
  layer: nullable(text),
  variable: nullable(text),
  datum: nullable(object({ row: count, column: oneOf("feature", "target"), index: count })),
  largestWeight: nullable(number),
});

export const runRecordReader: Reader<RunRecord> = object<RunRecord>({
  format: count,
  name: fileName,
  status: oneOf(...trainingStatuses, "imported"),
  imported: optional(
    object<ImportedFrom>({ format: text, file: text, writer: nullable(text), hash: sha256 }),
  ),
  backend: object<Omit<BackendInfo, "note">>({
    name: text,
    versions: dictionary(text),
    threads: word,
    simd: flag,
    device: text,
    devices: optional(deviceCount),
    deterministic: flag,
  }),
  seed: word,
  epochs: object<RunRecord["epochs"]>({ planned: count, completed: count, best: nullable(count) }),
  overrides: dictionary(text),
  versions: dictionary(text),
  hash: object<RunRecord["hash"]>({ run: hash, ir: hash, data: hash, weights: hash }),
  initial: optional(
    object<NonNullable<RunRecord["initial"]>>({
      hash: object({ run: hash, weights: hash }),
      layers: list(text),
    }),
  ),
  numerics: optional(
    object<NonNullable<RunRecord["numerics"]>>({
      rounding: oneOf("fused"),
      by: oneOf("engine", "emulated"),
    }),
  ),
  threshold: optional(number),
  splits: object<RunRecord["splits"]>({
    train: nullable(splitReader),
    validation: nullable(splitReader),
    test: nullable(splitReader),
  }),
  expectations: list(object<Expectation>({ text, value: nullable(number), passed: flag })),
  failure: nullable(failureReader),
  seconds: object<RunRecord["seconds"]>({ total: amount, train: amount }),
});
