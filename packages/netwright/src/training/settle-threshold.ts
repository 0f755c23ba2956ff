// The threshold between two classes, once the weights are trained: what the file states, or what its rule finds best on the
// validation rows. From then on it is part of what was learned of the target, so that whatever uses the run applies it.

import {
  decodeClasses,
  type OpenEncoders,
  type Prepared,
  type Split,
  thresholdOf,
  withThreshold,
} from "@netwright/data";
import { lookUp } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import {
  computeMetrics,
  confusionMatrix,
  type Evaluation,
  type Measure,
  type TrainingResult,
} from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { chooseThreshold } from "./choose-threshold.ts";
import { measureOf } from "./measure.ts";

interface Settled {
  readonly prepared: Prepared;
  readonly result: TrainingResult;
}

/** Both as they are where the file asks for no threshold, or where there is nothing to choose it by. */
export function settleThreshold(
  model: Model,
  prepared: Prepared,
  result: TrainingResult,
  catalog: FullCatalog,
): Settled {
  const { validation: onValidation } = result.evaluations;
  const scores = onValidation?.scores ?? null;
  const threshold = thresholdBy(model, prepared.encoders, scores, prepared.splits.validation, catalog);
  if (threshold === null) return { prepared, result };
  const encoders = withThreshold(prepared.encoders, threshold);
  const measure = measureOf(model, encoders, catalog);
  const { train, validation, test } = result.evaluations;
  const { splits } = prepared;
  const evaluations = {
    train: measuredAgain(train, splits.train, measure, threshold),
    validation: measuredAgain(validation, splits.validation, measure, threshold),
    test: measuredAgain(test, splits.test, measure, threshold),
  };
  return { prepared: { ...prepared, encoders }, result: { ...result, evaluations } };
}

/** `scores` are [rows x 2], of the validation rows; null where there are none. Null where the file asks for no threshold. */
export function thresholdBy(
  { train }: Model,
  encoders: OpenEncoders,
  scores: Float64Array | null,
  { target, rowWeights }: Split,
  { definitions }: FullCatalog,
): number | null {
  const asked = train?.threshold ?? null;
  if (asked === null || typeof asked === "number") return asked;
  if (scores === null) return thresholdOf(encoders);
  return chooseThreshold(lookUp(definitions.threshold, asked.name), asked.args, {
    scores: scores.filter((_, i) => i % 2 === 1),
    target,
    weights: rowWeights ?? null,
  });
}

function measuredAgain(
  evaluation: Evaluation | null,
  { rows, target, rowWeights }: Split,
  { metrics, classes }: Measure,
  threshold: number,
): Evaluation | null {
  if (evaluation === null || evaluation.scores === null) return evaluation;
  const { scores } = evaluation;
  const predictions = decodeClasses(2, scores, threshold);
  const view = {
    rows,
    outputs: 1,
    prediction: predictions,
    target,
    scores,
    classes,
    weights: rowWeights ?? null,
  };
  return {
    ...evaluation,
    predictions,
    metrics: computeMetrics(view, metrics),
    confusion: confusionMatrix(view),
  };
}
