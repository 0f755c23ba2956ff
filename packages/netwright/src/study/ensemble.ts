// What several models predict together: the mean of numbers; of classes the mean of the probabilities, and the class
// that is then the most likely, or that most models predict where they give none.

import {
  classesOf,
  labelSeparator,
  likelyLabels,
  type OpenEncoders,
  type SavedInterval,
  setOf,
  thresholdOf,
  withRadius,
} from "@netwright/data";
import { at, float64At } from "@netwright/definitions";
import { intervalIn, numbersIn } from "../model/beside.ts";
import type {
  Interval,
  IntervalsByTarget,
  Prediction,
  QuantileValues,
  Spreads,
} from "../model/predictions.ts";
import { deviationOf, meanOf } from "./spread.ts";

export interface Answer {
  readonly target: readonly string[];
  /** Those of all models, in order; null where numbers are predicted. */
  readonly classes: readonly string[] | null;
  /** The mean of the thresholds of all models; null where the likeliest class is predicted. */
  readonly threshold: number | null;
  /** The mean of the least probabilities of a class in a set; null where not all models give sets. */
  readonly least: number | null;
  /** What stands between the classes of a row, of which there may be any number; null where it has one. */
  readonly separator: string | null;
  /** What was learned of all models together: intervals as wide as they are apart. Null where each model has its own. */
  readonly intervals: readonly SavedInterval[] | null;
}

export function answerOf(
  encoders: readonly OpenEncoders[],
  intervals: readonly SavedInterval[] | null = null,
): Answer {
  const classes = encoders.map(classesOf);
  const sets = encoders.flatMap((one) => setOf(one)?.least ?? []);
  const thresholds = encoders.flatMap((one) => thresholdOf(one) ?? []);
  return {
    intervals,
    separator: labelSeparator(at(encoders, 0)),
    threshold: thresholds.length < encoders.length ? null : meanOf(thresholds),
    least: sets.length < encoders.length ? null : meanOf(sets),
    target: at(encoders, 0).target.map(({ fitted }) => fitted.name),
    classes: classes.includes(null) ? null : [...new Set(classes.flatMap((words) => words ?? []))],
  };
}

/** `predictions` are of one row, one of each model. */
export function together(predictions: readonly Prediction[], answer: Answer): Prediction {
  const { target, classes, threshold, least, separator, intervals } = answer;
  if (classes === null) {
    const numbers = target.map(
      (name) => [name, meanOf(predictions.map((one) => Number(one[name])))] as const,
    );
    const quantiles = quantilesTogether(predictions);
    const mixed = mixedSpreads(predictions, target);
    const spread = mixed ?? (intervals === null ? null : spreadBetween(predictions, answer));
    const interval =
      intervals === null || spread === null || target.includes("interval")
        ? intervalsTogether(predictions, target)
        : scaledIntervals(numbers, spread, intervals);
    return {
      ...Object.fromEntries(numbers),
      ...(quantiles === null ? {} : { quantiles }),
      ...(spread === null || target.includes("spread") ? {} : { spread }),
      ...(interval === null ? {} : { interval }),
    };
  }
  const name = at(target, 0);
  const shares = sharesIn(predictions, classes, name).map(meanOf);
  // Of several that are equally likely the first, as one model does.
  const probabilities = Object.fromEntries(classes.map((word, i) => [word, at(shares, i)]));
  // Without probabilities each model has a vote, whose share is none.
  const areKnown = predictions.some((one) => typeof one["probabilities"] === "object");
  const beside = areKnown ? { probabilities } : {};
  if (separator !== null) return { ...beside, [name]: likelyLabels(classes, shares, separator) };
  const likeliest = shares.reduce((best, share, i) => (share > at(shares, best) ? i : best), 0);
  const isOfTwo = threshold !== null && classes.length === 2;
  const label = at(classes, isOfTwo ? Number(at(shares, 1) >= threshold) : likeliest);
  const set = classes.filter((word, i) => word === label || at(shares, i) >= (least ?? 1));
  return { ...beside, ...(least === null || name === "set" ? {} : { set }), [name]: label };
}

/**
 * How far the models are apart about a row: the standard deviation of a sample, by target, or where classes are predicted of the
 * share of each, by class. 0 of one model.
 */
export function spreadBetween(predictions: readonly Prediction[], { target, classes }: Answer): Spreads {
  const values =
    classes === null
      ? target.map((name) => predictions.map((one) => Number(one[name])))
      : sharesIn(predictions, classes, at(target, 0));
  return Object.fromEntries((classes ?? target).map((name, i) => [name, deviationOf(at(values, i)) ?? 0]));
}

/**
 * Of models that tell how far targets spread: the standard deviation of the mixture of what they say, of which how far they are
 * apart is a part. Null where one does not tell. Lakshminarayanan et al. 2017, "Simple and Scalable Predictive Uncertainty
 * Estimation using Deep Ensembles".
 */
function mixedSpreads(predictions: readonly Prediction[], target: readonly string[]): Spreads | null {
  const all = predictions.map(({ spread }) => numbersIn(spread));
  if (target.includes("spread") || all.some((one) => one === null)) return null;
  const of = (name: string) => {
    const numbers = predictions.map((one) => Number(one[name]));
    return mixedSpread(
      numbers,
      all.map((one) => one?.[name] ?? Number.NaN),
    );
  };
  return Object.fromEntries(target.map((name) => [name, of(name)]));
}

/** Of one number, which each model predicts with a spread of its own. */
export function mixedSpread(numbers: readonly number[], spreads: readonly number[]): number {
  const mean = meanOf(numbers);
  return Math.sqrt(meanOf(numbers.map((number, i) => at(spreads, i) ** 2 + (number - mean) ** 2)));
}

/** Of each class the share that each model gives it. */
function sharesIn(predictions: readonly Prediction[], classes: readonly string[], target: string) {
  return classes.map((word) => predictions.map((one) => shareOf(word, one, target)));
}

/** A class that a model has not met has none. A target that is called `probabilities` has its word there, which is then sure. */
function shareOf(word: string, prediction: Prediction, target: string): number {
  const probabilities = numbersIn(prediction["probabilities"]);
  if (probabilities !== null) return probabilities[word] ?? 0;
  return prediction[target] === word ? 1 : 0;
}

/** From the mean of the lower ends to that of the upper ones; null where a model gives none. */
function intervalsTogether(
  predictions: readonly Prediction[],
  target: readonly string[],
): Interval | IntervalsByTarget | null {
  const ends = (name: string): Interval | null => {
    const all = predictions.flatMap((one): Interval[] => {
      const own = intervalIn(one, name);
      return own === null ? [] : [own];
    });
    if (all.length < predictions.length) return null;
    return [meanOf(all.map(([lower]) => lower)), meanOf(all.map(([, upper]) => upper))];
  };
  const [only, ...others] = target;
  if (only !== undefined && others.length === 0) return ends(only);
  const named = target.flatMap((name) => {
    const own = ends(name);
    return own === null ? [] : [[name, own] as const];
  });
  return named.length < target.length ? null : Object.fromEntries(named);
}

function scaledIntervals(
  numbers: readonly (readonly [name: string, number: number])[],
  spread: Spreads,
  intervals: readonly SavedInterval[],
): Interval | IntervalsByTarget {
  const core = Float64Array.from(numbers, ([, number]) => number);
  const own = Float64Array.from(numbers, ([name]) => spread[name] ?? Number.NaN);
  const { lower, upper } = withRadius({ lower: core, upper: core, spread: own }, intervals);
  const ends = numbers.map(([name], j): [string, Interval] => [
    name,
    [float64At(lower, j), float64At(upper, j)],
  ]);
  const [only, ...others] = ends;
  return only !== undefined && others.length === 0 ? only[1] : Object.fromEntries(ends);
}

/** The mean of each level; null where they are not predicted. */
function quantilesTogether(predictions: readonly Prediction[]): QuantileValues | null {
  const all = predictions.map(({ quantiles }) => numbersIn(quantiles));
  const [first] = all;
  if (first == null) return null;
  return Object.fromEntries(
    Object.keys(first).map((level) => [level, meanOf(all.map((one) => one?.[level] ?? Number.NaN))]),
  );
}
