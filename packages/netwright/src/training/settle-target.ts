// What is learned of the target once the weights are trained, from the validation rows: how probabilities are brought in
// line, the threshold between two classes, how wide intervals are. From then on it is part of what was learned of the target, so that whatever uses the run applies it.

import {
  fitIntervals,
  fitSet,
  fitTemperature,
  type OpenEncoders,
  type Prepared,
  type Split,
  thresholdOf,
  withTarget,
  withThreshold,
} from "@netwright/data";
import { at, lookUp } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import { type Evaluation, evaluationOf, type Measure, type TrainingResult } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { coreOf } from "../model/intervals.ts";
import { chooseThreshold } from "./choose-threshold.ts";
import { measureOf, targetKindOf } from "./measure.ts";

interface Settled {
  readonly prepared: Prepared;
  readonly result: TrainingResult;
}

/** Both as they are where the file asks for nothing of the kind, or where there is nothing to learn it from. */
export function settleTarget(
  model: Model,
  prepared: Prepared,
  result: TrainingResult,
  catalog: FullCatalog,
): Settled {
  const { splits } = prepared;
  const { train, validation, test } = result.evaluations;
  const encoders = settledEncoders(
    model,
    prepared.encoders,
    validation?.encoded ?? null,
    splits.validation,
    catalog,
  );
  if (encoders === prepared.encoders) return { prepared, result };
  const measure = measureOf(model, encoders, catalog);
  const evaluations = {
    train: measuredAgain(train, splits.train, measure),
    validation: measuredAgain(validation, splits.validation, measure),
    test: measuredAgain(test, splits.test, measure),
  };
  return { prepared: { ...prepared, encoders }, result: { ...result, evaluations } };
}

function measuredAgain(evaluation: Evaluation | null, split: Split, measure: Measure): Evaluation | null {
  return evaluation === null ? null : evaluationOf(split, measure, evaluation);
}

/** `encoded` is what is predicted for the validation rows, [rows x width]; null where there are none. */
export function settledEncoders(
  model: Model,
  encoders: OpenEncoders,
  encoded: Float32Array | null,
  validation: Split,
  catalog: FullCatalog,
): OpenEncoders {
  // Each goes by the one before: a threshold is a probability that was brought in line.
  const calibrated = encoded === null ? encoders : withTemperature(model, encoders, encoded, validation);
  const threshold = thresholdBy(model, calibrated, encoded, validation, catalog);
  const cut = threshold === null ? calibrated : withThreshold(calibrated, threshold);
  return encoded === null ? cut : withIntervals(model, cut, encoded, validation, catalog);
}

function withTemperature(
  { report }: Model,
  encoders: OpenEncoders,
  encoded: Float32Array,
  { target, rowWeights }: Split,
): OpenEncoders {
  if (report?.calibration === undefined) return encoders;
  const temperature = fitTemperature(Float64Array.from(encoded), target, rowWeights ?? null);
  return temperature === null ? encoders : withTarget(encoders, { words: () => ({ temperature }) });
}

/** Null where the file asks for no threshold. */
function thresholdBy(
  model: Model,
  encoders: OpenEncoders,
  encoded: Float32Array | null,
  { target, rowWeights }: Split,
  catalog: FullCatalog,
): number | null {
  const asked = model.train?.threshold ?? null;
  if (asked === null || typeof asked === "number") return asked;
  const scores = encoded === null ? null : measureOf(model, encoders, catalog).decode(encoded).scores;
  if (scores === null) return thresholdOf(encoders);
  return chooseThreshold(lookUp(catalog.definitions.threshold, asked.name), asked.args, {
    scores: scores.filter((_, i) => i % 2 === 1),
    target,
    weights: rowWeights ?? null,
  });
}

function withIntervals(
  model: Model,
  encoders: OpenEncoders,
  encoded: Float32Array,
  { target, rowWeights }: Split,
  catalog: FullCatalog,
): OpenEncoders {
  const share = model.report?.interval;
  if (share === undefined) return encoders;
  const weights = rowWeights ?? null;
  const decoded = measureOf(model, encoders, catalog).decode(encoded);
  if (decoded.scores !== null) {
    const set = fitSet(decoded.scores, target, weights, share);
    return set === null ? encoders : withTarget(encoders, { words: () => ({ set }) });
  }
  const isCount = targetKindOf(model, catalog) === "count";
  const bounds = encoders.target.map(({ fitted }) =>
    fitted.kind === "number"
      ? { min: fitted.contract.min ?? (isCount ? 0 : null), max: fitted.contract.max }
      : { min: null, max: null },
  );
  const intervals = fitIntervals(coreOf(decoded), target, weights, share, bounds);
  return intervals === null
    ? encoders
    : withTarget(encoders, { numbers: (j) => ({ interval: at(intervals, j) }) });
}
