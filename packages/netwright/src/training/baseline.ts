// What a model has to beat: predicting the same for every row, whatever the features say; of series what their past says by
// itself.

import {
  classesOf,
  type Guess,
  guessOf,
  type OpenEncoders,
  type SavedWindow,
  type Split,
} from "@netwright/data";
import { count, quote, type SplitName } from "@netwright/definitions";
import { at } from "@netwright/ir";
import type { Diagnostic } from "@netwright/lang";
import {
  computeMetrics,
  type Metric,
  type Metrics,
  type MetricUse,
  type NaiveMetrics,
  metrics as table,
} from "@netwright/runtime";
import { projectWarning } from "../project/diagnostics.ts";

/** What is asked of the rows that are measured. */
type Rows = Pick<Split, "target" | "rowWeights" | "naive">;

/**
 * `target` is [rows x targets], row-major, in original units. Of windows that of `naiveMetrics` that knows most. Null for models
 * that were saved without what it needs.
 */
export function baselineMetrics(
  encoders: OpenEncoders,
  rows: Rows,
  uses: readonly MetricUse[],
): Metrics | null {
  const naive = naiveMetrics(encoders, rows, uses);
  if (naive !== null) return naive.seasonal_naive ?? naive.last_value;
  const guess = guessOf(encoders);
  const { target } = rows;
  if (guess === null || target.length === 0) return null;
  const outputs = guess.prediction.length;
  const prediction = target.map((_, i) => at(guess.prediction, i % outputs));
  return measured(encoders, rows, prediction, scoresOf(guess, target.length / outputs), uses);
}

/** Of windows; null where rows are none, or where there are none. */
export function naiveMetrics(
  encoders: OpenEncoders,
  rows: Rows,
  uses: readonly MetricUse[],
): NaiveMetrics | null {
  const { naive, target } = rows;
  if (naive === undefined || target.length === 0) return null;
  const of = (prediction: Float64Array) => measured(encoders, rows, prediction, null, uses);
  const last_value = of(naive.last);
  return naive.seasonal === null ? { last_value } : { last_value, seasonal_naive: of(naive.seasonal) };
}

function measured(
  encoders: OpenEncoders,
  { target, rowWeights }: Rows,
  prediction: Float64Array,
  scores: Float64Array | null,
  uses: readonly MetricUse[],
): Metrics {
  const classes = classesOf(encoders);
  const outputs = classes === null ? encoders.target.length : 1;
  const rows = target.length / outputs;
  return computeMetrics(
    { rows, outputs, prediction, target, scores, classes, weights: rowWeights ?? null },
    // A guess has no interval and no spread.
    uses.filter(({ metric }) => metric.needs !== "interval" && metric.needs !== "spread"),
  );
}

/** What the baselines of windows are called. */
export const NAIVE_TITLES: { readonly [N in keyof NaiveMetrics]-?: string } = {
  last_value: "the last value",
  seasonal_naive: "the value of the season before",
};

/** The same in a sentence each, for the report. */
export function naiveText({ horizon, season }: SavedWindow): readonly string[] {
  const steps = season === null ? null : season * Math.ceil(horizon / season);
  return [
    ...(steps === null
      ? []
      : [
          `seasonal naive: the value ${count(steps, "row")} before, or where the table has none the last one`,
        ]),
    "last value: that of the last row of the window",
  ];
}

function scoresOf({ class: guessed }: Guess, rows: number): Float64Array | null {
  if (guessed === null) return null;
  const { shares } = guessed;
  const scores = new Float64Array(rows * shares.length);
  for (let row = 0; row < rows; row++) scores.set(shares, row * shares.length);
  return scores;
}

/** How far off, or how often right, a prediction is: the others are about single rows, or shares that the mean is bad at. */
const COMPARED: readonly string[] = ["mae", "rmse", "kl_divergence", "cosine_similarity", "accuracy"];

export interface Measured {
  readonly metrics: Metrics;
  readonly baseline?: Metrics;
  /** Of windows. */
  readonly naive?: NaiveMetrics;
}

/** A warning where the model is worse; `rows` says what was measured: "test rows". */
export function worseThanBaseline(
  rows: string,
  { metrics, baseline, naive }: Measured,
  encoders: OpenEncoders,
): readonly Diagnostic[] {
  if (naive !== undefined) {
    const names = ["seasonal_naive", "last_value"] as const;
    const worse = names.flatMap((name) => {
      const told = worseBy(metrics, naive[name], NAIVE_TITLES[name]);
      return told.length === 0 ? [] : [`${NAIVE_TITLES[name]}: ${told.join("; ")}`];
    });
    return worse.length === 0 ? [] : [worseThan(rows, worse.join("; than predicting "), NAIVE)];
  }
  if (baseline === undefined) return [];
  const guessed = guessOf(encoders)?.class?.name;
  const [what, short, how] =
    guessed === undefined
      ? ["the mean", "the mean", "The mean is that of the training rows, and the same for every row."]
      : [
          "the most frequent class",
          "that class",
          `That class is ${quote(guessed)}: the most frequent among the training rows, predicted for every row.`,
        ];
  const worse = worseBy(metrics, baseline, short);
  return worse.length === 0 ? [] : [worseThan(rows, `${what}: ${worse.join("; ")}`, how)];
}

const NAIVE = "Both are known of the past of the series alone, and nothing is learned for them.";

/** The metrics by which the model is worse, as a sentence says it. */
function worseBy(metrics: Metrics, baseline: Metrics | undefined, short: string): readonly string[] {
  return COMPARED.flatMap((name): string[] => {
    const [metric, model, base] = [table.get(name), metrics[name], baseline?.[name]];
    if (metric === undefined || model == null || base == null) return [];
    if (metric.better === "lower" ? model <= base : model >= base) return [];
    return [`${metric.title} ${shownValue(metric, model)}, of ${short} ${shownValue(metric, base)}`];
  });
}

function worseThan(rows: string, what: string, how: string): Diagnostic {
  return projectWarning("NW0842", `on the ${rows} the model is worse than predicting ${what}`, [
    how,
    "Train longer, with another learning rate or a smaller model; or the features tell nothing about the target.",
  ]);
}

/** The split that tells most of how good a model is: the one that training has seen least of. */
export function tellingSplit(splits: Readonly<Record<SplitName, unknown>>): SplitName {
  return splits.test !== null ? "test" : splits.validation !== null ? "validation" : "train";
}

/** As a sentence says it: `3.21`, `84.06%`. */
export function shownValue({ unit }: Metric, value: number): string {
  const digits = (x: number) => String(Number(x.toPrecision(4)));
  return unit === "fraction" ? `${digits(100 * value)}%` : digits(value);
}
