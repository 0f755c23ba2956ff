// What every baseline is fitted to and measured by.

import type { Prepared, Split } from "@netwright/data";
import { grouped, type TargetKind } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import { computeMetrics, type Measure, type Metrics, viewOf } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { measureOf } from "../training/measure.ts";
import { settledEncoders } from "../training/settle-target.ts";
import { piecesOf } from "./known-rows.ts";
import type { Predictor } from "./linear.ts";
import type { Comparison } from "./main-metric.ts";
import { layoutOfRows } from "./sparse-rows.ts";

export type BaselineName = "constant" | "last_value" | "seasonal_naive" | "linear" | "neighbours" | "trees";

export interface BaselineModel {
  readonly name: BaselineName | "network";
  /** What was fitted, in words. */
  readonly how: string;
  /** What was chosen on the validation rows, or is the default where there are none. */
  readonly settings: Readonly<Record<string, number>>;
  readonly validation: Metrics | null;
  readonly test: Metrics | null;
}

export interface LeftOutBaseline {
  readonly name: BaselineName;
  readonly why: string;
}

export interface Task {
  readonly model: Model;
  readonly catalog: FullCatalog;
  readonly prepared: Prepared;
  readonly measure: Measure;
  readonly kind: TargetKind;
  readonly outputs: number;
  readonly comparison: Comparison | null;
}

/** Encoded predictions for the rows of a split, piece by piece. */
export function predicted(split: Split, { prepared, outputs }: Task, predict: Predictor): Float32Array {
  const all = new Float32Array(split.rows * outputs);
  let end = 0;
  for (const piece of piecesOf(split, layoutOfRows(prepared.encoders))) {
    all.set(predict(piece), end);
    end += piece.rows * outputs;
  }
  return all;
}

export function metricsOn(split: Split, measure: Measure, encoded: Float32Array): Metrics | null {
  return split.rows === 0 ? null : computeMetrics(viewOf(split, measure, encoded), measure.metrics);
}

/** With what the file asks for of the validation rows, as a threshold or intervals, learned for this model as for a network. */
export function measured(task: Task, predict: Predictor): Pick<BaselineModel, "validation" | "test"> {
  const { model, catalog, prepared } = task;
  const { validation, test } = prepared.splits;
  const [onValidation, onTest] = [predicted(validation, task, predict), predicted(test, task, predict)];
  const known = validation.rows === 0 ? null : onValidation;
  const encoders = settledEncoders(model, prepared.encoders, known, validation, catalog);
  const measure = encoders === prepared.encoders ? task.measure : measureOf(model, encoders, catalog);
  return {
    validation: metricsOn(validation, measure, onValidation),
    test: metricsOn(test, measure, onTest),
  };
}

/** Behind a setting that was. */
export const CHOSEN = ", chosen on the validation rows";

export function sampled(rows: number, { prepared }: Task): string {
  const all = prepared.splits.train.rows;
  return rows < all ? `; of ${grouped(rows)} of ${grouped(all)} training rows, drawn by chance` : "";
}
