// How good a model is on a split: loss in encoded units, metrics and predictions in original units.

import { rowsOf, type Split, type SplitName } from "@netwright/data";
import type { Executable } from "../executable/executable.ts";
import { computeMetrics, type Metrics } from "../metrics/metrics.ts";
import { createBreather } from "../pause/breather.ts";
import { evaluateChunks } from "./evaluate-chunks.ts";

export interface Evaluation {
  readonly rows: number;
  /** Mean over the rows by their weights, without penalties, in the encoded units that training sees. */
  readonly loss: number;
  readonly metrics: Metrics;
  /** [rows x outputs], row-major, in original units. */
  readonly predictions: Float64Array;
}

/** `null` for a split without rows. */
export type Evaluations = { readonly [K in SplitName]: Evaluation | null };

/** From encoded outputs to original units. */
export type Decode = (y: Float32Array) => Float64Array;

/**
 * The program has an `evaluate` function for `chunk` rows.
 * The event loop runs every 50 ms or so.
 */
export async function evaluateSplit(
  executable: Executable,
  split: Split,
  decode: Decode,
  chunk: number,
): Promise<Evaluation | null> {
  if (split.rows === 0) return null;
  const breathe = createBreather();
  const outputs = split.y.length / split.rows;
  const encoded = new Float32Array(split.y.length);
  let [lossSum, weightSum] = [0, 0];
  for (const { start, sums } of evaluateChunks(executable, rowsOf(split), chunk)) {
    lossSum += sums.loss;
    weightSum += sums.weight;
    encoded.set(sums.prediction, start * outputs);
    await breathe();
  }
  const predictions = decode(encoded);
  return {
    rows: split.rows,
    loss: lossSum / weightSum,
    metrics: computeMetrics(predictions, split.target, outputs),
    predictions,
  };
}

export async function evaluateSplits(
  executable: Executable,
  splits: Readonly<Record<SplitName, Split>>,
  decode: Decode,
  chunk: number,
): Promise<Evaluations> {
  return {
    train: await evaluateSplit(executable, splits.train, decode, chunk),
    validation: await evaluateSplit(executable, splits.validation, decode, chunk),
    test: await evaluateSplit(executable, splits.test, decode, chunk),
  };
}
