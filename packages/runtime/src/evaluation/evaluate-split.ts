// How good a model is on a split: loss in encoded units, metrics and predictions in original units.

import { rowsOf, type Split } from "@netwright/data";
import type { SplitName } from "@netwright/definitions";
import type { Executable } from "../executable/executable.ts";
import { type ConfusionMatrix, confusionMatrix } from "../metrics/confusion-matrix.ts";
import type { MetricView } from "../metrics/metric.ts";
import { computeMetrics, type Metrics, type MetricUse } from "../metrics/table.ts";
import { createBreather } from "../pause/breather.ts";
import { evaluateChunks } from "./evaluate-chunks.ts";

export interface Evaluation {
  readonly rows: number;
  /** Mean over the rows by their weights, without penalties, in the encoded units that training sees. */
  readonly loss: number;
  readonly metrics: Metrics;
  /** Null where no classes are predicted, and of many classes. */
  readonly confusion: ConfusionMatrix | null;
  /** [rows x outputs], row-major, in original units. */
  readonly predictions: Float64Array;
  /** [rows x classes], row-major; null where no classes are predicted. */
  readonly scores: Float64Array | null;
  /** [rows x width], row-major: the same as the network gave it, to be measured in another way. */
  readonly encoded: Float32Array;
}

/** `null` for a split without rows. */
export type Evaluations = { readonly [K in SplitName]: Evaluation | null };

/** What a model gives, as people read it: see `MetricView`. */
export interface Decoded extends Pick<MetricView, "quantiles" | "spread" | "intervals" | "sets"> {
  readonly prediction: Float64Array;
  readonly scores: Float64Array | null;
}

/** How a model is measured. */
export interface Measure {
  /** From what the network predicts, encoded. */
  readonly decode: (encoded: Float32Array) => Decoded;
  readonly metrics: readonly MetricUse[];
  /** The names of the classes that are predicted; null where there are none. */
  readonly classes: readonly string[] | null;
  /** Whether a row has any number of them: see `MetricView`. */
  readonly isMany?: boolean;
}

/** What a model gives for the rows of a split, before anything is measured. */
export interface Predicted {
  readonly view: MetricView;
  /** Both as of `Evaluation`. */
  readonly loss: number;
  readonly encoded: Float32Array;
}

/**
 * The program has an `evaluate` function for `chunk` rows.
 * The event loop runs every 50 ms or so.
 */
export async function evaluateSplit(
  executable: Executable,
  split: Split,
  measure: Measure,
  chunk: number,
): Promise<Evaluation | null> {
  const predicted = await predictSplit(executable, split, measure, chunk);
  return predicted === null ? null : evaluationOfView(predicted, measure.metrics);
}

/** As `evaluateSplit`, but for the metrics. */
export async function predictSplit(
  executable: Executable,
  split: Split,
  measure: Measure,
  chunk: number,
): Promise<Predicted | null> {
  if (split.rows === 0) return null;
  const breathe = createBreather();
  const parts: Float32Array[] = [];
  let [lossSum, weightSum] = [0, 0];
  for (const { sums } of evaluateChunks(executable, rowsOf(split), chunk)) {
    lossSum += sums.loss;
    weightSum += sums.weight;
    parts.push(sums.prediction);
    await breathe();
  }
  const encoded = joined(parts);
  return { view: viewOf(split, measure, encoded), loss: lossSum / weightSum, encoded };
}

/** Measured from what was predicted for the rows. */
export function evaluationOf(
  split: Pick<Split, "rows" | "target" | "rowWeights">,
  measure: Measure,
  { encoded, loss }: Pick<Evaluation, "encoded" | "loss">,
): Evaluation {
  return evaluationOfView({ view: viewOf(split, measure, encoded), loss, encoded }, measure.metrics);
}

/** The same of several models together, whose numbers are seen and are not encoded. */
export function evaluationOfView(
  { view, loss, encoded }: Predicted,
  metrics: Measure["metrics"],
): Evaluation {
  return {
    rows: view.rows,
    loss,
    metrics: computeMetrics(view, metrics),
    confusion: confusionMatrix(view),
    predictions: view.prediction,
    scores: view.scores,
    encoded,
  };
}

/** What metrics look at, from what was predicted for the rows, encoded as a network gives it. */
export function viewOf(
  { rows, target, rowWeights }: Pick<Split, "rows" | "target" | "rowWeights">,
  { decode, classes, isMany }: Measure,
  encoded: Float32Array,
): MetricView {
  const {
    prediction,
    scores,
    quantiles = null,
    spread = null,
    intervals = null,
    sets = null,
  } = decode(encoded);
  return {
    rows,
    outputs: target.length / rows,
    prediction,
    target,
    scores,
    classes,
    isMany: isMany === true,
    quantiles,
    spread,
    intervals,
    sets,
    weights: rowWeights ?? null,
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

export async function evaluateSplits(
  executable: Executable,
  splits: Readonly<Record<SplitName, Split>>,
  measure: Measure,
  chunk: number,
): Promise<Evaluations> {
  return {
    train: await evaluateSplit(executable, splits.train, measure, chunk),
    validation: await evaluateSplit(executable, splits.validation, measure, chunk),
    test: await evaluateSplit(executable, splits.test, measure, chunk),
  };
}
