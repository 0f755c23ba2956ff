// Metrics against scikit-learn: what it gave for each case stands in `golden/scikit-learn.jsonl`, whose first line says
// which it was. Where ours means another number, the number and the reason stand here.

import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { at } from "@netwright/definitions";
import { type MetricView, metrics } from "@netwright/runtime";

interface Golden {
  readonly name: string;
  readonly function: string;
  readonly arguments: readonly [readonly number[], readonly (number | readonly number[])[]];
  readonly options: Readonly<Record<string, string | number | boolean | readonly number[]>>;
  readonly value: number | string;
}

/** What ours is called, and what of a case it looks at. */
const OURS: Readonly<Record<string, readonly [metric: string, looksAt: "numbers" | "classes" | "scores"]>> = {
  roc_auc_score: ["roc_auc", "scores"],
  average_precision_score: ["average_precision", "scores"],
  brier_score_loss: ["brier_score", "scores"],
  log_loss: ["log_loss", "scores"],
  ece: ["calibration_error", "scores"],
  precision_score: ["precision", "classes"],
  recall_score: ["recall", "classes"],
  f1_score: ["f1", "classes"],
  balanced_accuracy_score: ["balanced_accuracy", "classes"],
  matthews_corrcoef: ["matthews", "classes"],
  cohen_kappa_score: ["cohen_kappa", "classes"],
  root_mean_squared_error: ["rmse", "numbers"],
  mean_absolute_error: ["mae", "numbers"],
  mean_absolute_percentage_error: ["mape", "numbers"],
  median_absolute_error: ["median_absolute_error", "numbers"],
  r2_score: ["r2", "numbers"],
  explained_variance_score: ["explained_variance", "numbers"],
  max_error: ["max_error", "numbers"],
  mean_pinball_loss: ["pinball", "numbers"],
  mean_poisson_deviance: ["poisson_deviance", "numbers"],
};

const DIFFERENT: Readonly<Record<string, readonly [ours: number | null, why: string]>> = {
  "roc one class": [null, "not defined is none, and no NaN"],
  "log loss of 0 and 1 in float32": [36.04365, "probabilities are clipped as 64-bit numbers"],
  "log loss of one label": [
    -(Math.log(0.9) + Math.log(0.8)) / 2,
    "it is defined for one class as for others",
  ],
  mean_absolute_percentage_error: [(3 + 0.25 + 0.25) / 3, "rows whose target is 0 are left out"],
  "r2 constant exact": [null, "a constant target has no variance to explain"],
  "r2 constant wrong": [null, "a constant target has no variance to explain"],
  "r2 constant wrong, not forced finite": [null, "a constant target has no variance to explain"],
  "r2 one sample": [null, "one target is a constant one"],
  "mape zero truth": [1, "rows whose target is 0 are left out"],
};

const lines = readFileSync(new URL("./golden/scikit-learn.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const cases = lines.slice(1).map((line): Golden => JSON.parse(line));

function viewOf({ function: name, arguments: [truth, given], options }: Golden): MetricView {
  const [, looksAt] = OURS[name] ?? ["", "numbers"];
  const target = Float64Array.from(truth);
  const { sample_weight: weighed } = options;
  const weights = typeof weighed === "object" ? Float64Array.from(weighed) : null;
  const view = { rows: truth.length, outputs: 1, target, weights };
  if (looksAt === "numbers")
    return { ...view, prediction: Float64Array.from(given, Number), scores: null, classes: null };
  if (looksAt === "classes") {
    const classes = Math.max(...truth, ...given.map(Number), 1) + 1;
    return { ...view, prediction: Float64Array.from(given, Number), scores: null, classes: namesOf(classes) };
  }
  const scores = given.map((each) => (typeof each === "number" ? [1 - each, each] : each));
  return {
    ...view,
    prediction: Float64Array.from(scores, (each) => each.indexOf(Math.max(...each))),
    scores: Float64Array.from(scores.flat()),
    classes: namesOf(at(scores, 0).length),
  };
}

const namesOf = (classes: number) => Array.from({ length: classes }, (_, i) => String(i));

/** scikit-learn looks at the second of two classes alone where it is not told to average. */
function argsOf(
  { function: name, arguments: [, given], options }: Golden,
  params: Readonly<Record<string, unknown>>,
) {
  const alone = "class" in params && typeof given[0] === "number" && options["average"] === undefined;
  const spelled: Readonly<Record<string, string>> = { alpha: "quantile", n_bins: "bins" };
  const written = Object.entries(options)
    .filter(([key]) => key !== "sample_weight")
    .map(([key, value]) => [spelled[key] ?? key, value]);
  return Object.fromEntries([...(alone && name !== "roc_auc_score" ? [["class", "1"]] : []), ...written]);
}

test.each(cases.map((golden) => [golden.name, golden] as const))("%s", (name, golden) => {
  const [ours = ""] = OURS[golden.function] ?? [];
  const metric = metrics.get(ours);
  if (metric === undefined) throw new Error(`no metric for ${golden.function}`);
  const defaults = Object.entries(metric.params).map(([key, param]) => [key, param.default ?? null]);
  const args = { ...Object.fromEntries(defaults), ...argsOf(golden, metric.params) };
  const value = metric.compute(viewOf(golden), args);
  const [expected, why] = DIFFERENT[name] ?? [Number(golden.value), "as there"];
  if (expected === null) expect([value, why]).toEqual([null, why]);
  else
    expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(
      1e-6 * Math.max(1, Math.abs(expected)),
    );
});
