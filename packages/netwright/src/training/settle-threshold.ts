// The threshold between two classes, once the weights are trained: what the file states, or what its rule finds best on the
// validation rows. From then on it is part of what was learned of the target, so that whatever uses the run applies it.

import { decodeClasses, type Prepared, type Split, thresholdOf, withThreshold } from "@netwright/data";
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
  const threshold = thresholdFor(model, prepared, result, catalog);
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

function thresholdFor(
  { train }: Model,
  { encoders, splits }: Prepared,
  { evaluations }: TrainingResult,
  { definitions }: FullCatalog,
): number | null {
  const asked = train?.threshold ?? null;
  if (asked === null || typeof asked === "number") return asked;
  const { scores = null } = evaluations.validation ?? {};
  if (scores === null) return thresholdOf(encoders);
  return chooseThreshold(lookUp(definitions.threshold, asked.name), asked.args, {
    scores: scores.filter((_, i) => i % 2 === 1),
    target: splits.validation.target,
    weights: splits.validation.rowWeights ?? null,
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
