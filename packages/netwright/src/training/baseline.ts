// What a model has to beat: predicting the same for every row, whatever the features say.

import { classesOf, type Guess, guessOf, type OpenEncoders, type Split } from "@netwright/data";
import { quote, type SplitName } from "@netwright/definitions";
import { at } from "@netwright/ir";
import type { Diagnostic } from "@netwright/lang";
import {
  computeMetrics,
  type Metric,
  type Metrics,
  type MetricUse,
  metrics as table,
} from "@netwright/runtime";
import { projectWarning } from "../project/diagnostics.ts";

/** `target` is [rows x targets], row-major, in original units. Null for models that were saved without what it needs. */
export function baselineMetrics(
  encoders: OpenEncoders,
  { target, rowWeights }: Pick<Split, "target" | "rowWeights">,
  uses: readonly MetricUse[],
): Metrics | null {
  const guess = guessOf(encoders);
  if (guess === null || target.length === 0) return null;
  const outputs = guess.prediction.length;
  const rows = target.length / outputs;
  const prediction = target.map((_, i) => at(guess.prediction, i % outputs));
  const scores = scoresOf(guess, rows);
  const classes = classesOf(encoders);
  return computeMetrics(
    { rows, outputs, prediction, target, scores, classes, weights: rowWeights ?? null },
    // A guess has no interval and no spread.
    uses.filter(({ metric }) => metric.needs !== "interval" && metric.needs !== "spread"),
  );
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
}

/** A warning where the model is worse; `rows` says what was measured: "test rows". */
export function worseThanBaseline(
  rows: string,
  { metrics, baseline }: Measured,
  encoders: OpenEncoders,
): readonly Diagnostic[] {
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
  const worse = COMPARED.flatMap((name): string[] => {
    const [metric, model, base] = [table.get(name), metrics[name], baseline[name]];
    if (metric === undefined || model == null || base == null) return [];
    if (metric.better === "lower" ? model <= base : model >= base) return [];
    return [`${metric.title} ${shownValue(metric, model)}, of ${short} ${shownValue(metric, base)}`];
  });
  if (worse.length === 0) return [];
  return [
    projectWarning(
      "NW0842",
      `on the ${rows} the model is worse than predicting ${what}: ${worse.join("; ")}`,
      [
        how,
        "Train longer, with another learning rate or a smaller model; or the features tell nothing about the target.",
      ],
    ),
  ];
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
