// The table of all metrics, in the order in which they are shown, and what to compute of them for a model. A new
// metric is a file beside this one and a line here.

import { type Args, type ByName, byName, type TargetKind } from "@netwright/definitions";
import { accuracy } from "./accuracy.ts";
import { averagePrecision } from "./average-precision.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { brierScore } from "./brier-score.ts";
import { calibrationError } from "./calibration-error.ts";
import { cohenKappa } from "./cohen-kappa.ts";
import { cosineSimilarity } from "./cosine-similarity.ts";
import { coverage } from "./coverage.ts";
import { explainedVariance } from "./explained-variance.ts";
import { f1 } from "./f1.ts";
import { hammingLoss } from "./hamming-loss.ts";
import { intervalWidth } from "./interval-width.ts";
import { klDivergence } from "./kl-divergence.ts";
import { logLoss } from "./log-loss.ts";
import { mae } from "./mae.ts";
import { mape } from "./mape.ts";
import { matthews } from "./matthews.ts";
import { maxError } from "./max-error.ts";
import { medianAbsoluteError } from "./median-absolute-error.ts";
import type { Metric, MetricView } from "./metric.ts";
import { negativeLogLikelihood } from "./negative-log-likelihood.ts";
import { pinball } from "./pinball.ts";
import { poissonDeviance } from "./poisson-deviance.ts";
import { precision } from "./precision.ts";
import { r2 } from "./r2.ts";
import { recall } from "./recall.ts";
import { rmse } from "./rmse.ts";
import { rocAuc } from "./roc-auc.ts";
import { setSize } from "./set-size.ts";
import { subsetAccuracy } from "./subset-accuracy.ts";

export const metrics: ByName<Metric> = byName([
  mae,
  rmse,
  r2,
  mape,
  maxError,
  medianAbsoluteError,
  explainedVariance,
  pinball,
  poissonDeviance,
  negativeLogLikelihood,
  klDivergence,
  cosineSimilarity,
  accuracy,
  balancedAccuracy,
  f1,
  precision,
  recall,
  logLoss,
  rocAuc,
  averagePrecision,
  brierScore,
  calibrationError,
  matthews,
  cohenKappa,
  subsetAccuracy,
  hammingLoss,
  coverage,
  intervalWidth,
  setSize,
]);

/** By label, `mae` or `accuracy(top: 3)`; `null` where a metric is not defined. */
export type Metrics = Readonly<Record<string, number | null>>;

/** A metric with its arguments, under the label that a file gives it. */
export interface MetricUse {
  readonly label: string;
  readonly metric: Metric;
  readonly args: Args;
}

/** What every model of that kind of target is measured by: that its scores are good for, and of intervals and spreads where it has them. */
export function metricsFor(
  target: TargetKind,
  known: ReadonlyMap<string, Metric> = metrics,
  scores: "probabilities" | "margins" = "probabilities",
  intervals = false,
  spread = false,
): readonly MetricUse[] {
  return [...known.values()]
    .filter(({ tasks, shown }) => shown === "always" && tasks.includes(target))
    .filter(({ needs }) => scores === "probabilities" || needs !== "probabilities")
    .filter(({ needs }) => intervals || needs !== "interval")
    .filter(({ needs }) => spread || needs !== "spread")
    .flatMap((metric) => {
      const args = defaultsOf(metric);
      return args === null ? [] : [{ label: metric.name, metric, args }];
    });
}

function defaultsOf({ params }: Metric): Args | null {
  const args: Record<string, Args[string]> = {};
  for (const [name, { default: value }] of Object.entries(params)) {
    if (value === undefined) return null;
    args[name] = value;
  }
  return args;
}

export function computeMetrics(view: MetricView, uses: readonly MetricUse[]): Metrics {
  const { rows, outputs, prediction, target } = view;
  if (prediction.length !== rows * outputs || target.length !== rows * outputs) {
    throw new RangeError(
      `${prediction.length} predictions for ${target.length} targets in ${rows} rows of ${outputs}`,
    );
  }
  return Object.fromEntries(uses.map(({ label, metric, args }) => [label, metric.compute(view, args)]));
}
