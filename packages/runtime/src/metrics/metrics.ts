// The metrics of regression, in original units. A new metric is a name and an entry: every place that lists,
// computes or saves metrics goes through this table.

import { type Documented, float64At, type MetricDefinition } from "@netwright/definitions";

/** In the order in which they are shown. */
export const metricNames = ["mae", "rmse", "r2", "mape", "max_error"] as const;

export type MetricName = (typeof metricNames)[number];

/** Its example is an expectation as it stands in a file. */
export interface Metric extends Documented, MetricDefinition {
  readonly name: MetricName;
  readonly title: string;
  /** What the number is in: that of the target, a fraction of the target, or nothing. */
  readonly unit: "target" | "fraction" | "none";
  readonly better: "lower" | "higher";
  /**
   * Both are [rows x outputs], row-major, in original units. Sums run in 64 bits in the order of the rows.
   * `null` where the metric is not defined.
   */
  readonly compute: (prediction: Float64Array, target: Float64Array, outputs: number) => number | null;
}

export type Metrics = { readonly [K in MetricName]: number | null };

export const metrics: { readonly [K in MetricName]: Metric } = {
  mae: {
    name: "mae",
    title: "MAE",
    doc: "Mean absolute error: how far off a prediction is on average.",
    formula: "mean |p - t|",
    example: "test.mae < 4",
    source: "scikit-learn, `mean_absolute_error`",
    params: {},
    unit: "target",
    better: "lower",
    range: { min: 0, max: Number.POSITIVE_INFINITY },
    compute: (prediction, target) => mean(prediction, target, (p, t) => Math.abs(p - t)),
  },
  rmse: {
    name: "rmse",
    title: "RMSE",
    doc: "Root mean squared error: like MAE, with large errors counting more.",
    formula: "sqrt(mean (p - t)^2)",
    example: "test.rmse < 5.5",
    source: "scikit-learn, `root_mean_squared_error`",
    params: {},
    unit: "target",
    better: "lower",
    range: { min: 0, max: Number.POSITIVE_INFINITY },
    compute(prediction, target) {
      const squared = mean(prediction, target, (p, t) => (p - t) * (p - t));
      return squared === null ? null : Math.sqrt(squared);
    },
  },
  r2: {
    name: "r2",
    title: "R2",
    doc:
      "Coefficient of determination: the share of the target's variance that the model explains; 1 is perfect, " +
      "0 no better than the mean. With several outputs the mean over them. None when a target is constant.",
    formula: "1 - sum (p - t)^2 / sum (t - mean t)^2",
    example: "test.r2 > 0.88",
    source: 'scikit-learn, `r2_score`; Wright 1921, "Correlation and Causation"',
    params: {},
    unit: "none",
    better: "higher",
    range: { min: Number.NEGATIVE_INFINITY, max: 1 },
    compute: (prediction, target, outputs) => r2(prediction, target, outputs),
  },
  mape: {
    name: "mape",
    title: "MAPE",
    doc:
      "Mean absolute percentage error, as a fraction: 0.08 is 8%. Rows whose target is 0 are left out; " +
      "none when there is no other.",
    formula: "mean |p - t| / |t| over t != 0",
    example: "test.mape < 15%",
    source: "scikit-learn, `mean_absolute_percentage_error`, without the rows whose target is 0",
    params: {},
    unit: "fraction",
    better: "lower",
    range: { min: 0, max: Number.POSITIVE_INFINITY },
    compute: (prediction, target) =>
      mean(prediction, target, (p, t) => (t === 0 ? null : Math.abs(p - t) / Math.abs(t))),
  },
  max_error: {
    name: "max_error",
    title: "Max error",
    doc: "The largest absolute error.",
    formula: "max |p - t|",
    example: "test.max_error < 25",
    source: "scikit-learn, `max_error`",
    params: {},
    unit: "target",
    better: "lower",
    range: { min: 0, max: Number.POSITIVE_INFINITY },
    compute(prediction, target) {
      if (target.length === 0) return null;
      let largest = 0;
      // Math.max and not a comparison, so that NaN stays visible.
      for (let i = 0; i < target.length; i++)
        largest = Math.max(largest, Math.abs(float64At(prediction, i) - float64At(target, i)));
      return largest;
    },
  },
};

export function computeMetrics(prediction: Float64Array, target: Float64Array, outputs: number): Metrics {
  if (prediction.length !== target.length || target.length % outputs !== 0) {
    throw new RangeError(
      `${prediction.length} predictions for ${target.length} targets in ${outputs} columns`,
    );
  }
  const of = (name: MetricName) => metrics[name].compute(prediction, target, outputs);
  return { mae: of("mae"), rmse: of("rmse"), r2: of("r2"), mape: of("mape"), max_error: of("max_error") };
}

/** Over the elements for which `term` is a number; `null` when there are none. */
function mean(
  prediction: Float64Array,
  target: Float64Array,
  term: (p: number, t: number) => number | null,
): number | null {
  let sum = 0;
  let terms = 0;
  for (let i = 0; i < target.length; i++) {
    const value = term(float64At(prediction, i), float64At(target, i));
    if (value === null) continue;
    sum += value;
    terms++;
  }
  return terms === 0 ? null : sum / terms;
}

function r2(prediction: Float64Array, target: Float64Array, outputs: number): number | null {
  const rows = target.length / outputs;
  if (rows === 0) return null;
  let sum = 0;
  for (let j = 0; j < outputs; j++) {
    let total = 0;
    for (let i = j; i < target.length; i += outputs) total += float64At(target, i);
    const center = total / rows;
    let residual = 0;
    let variance = 0;
    let constant = true;
    for (let i = j; i < target.length; i += outputs) {
      const t = float64At(target, i);
      residual += (float64At(prediction, i) - t) * (float64At(prediction, i) - t);
      variance += (t - center) * (t - center);
      // The mean of equal numbers may be rounded, which would leave a tiny variance.
      if (t !== float64At(target, j)) constant = false;
    }
    if (constant) return null;
    sum += 1 - residual / variance;
  }
  return sum / outputs;
}
