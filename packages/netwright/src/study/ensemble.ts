// What several models predict together: the mean of numbers; of classes the mean of the probabilities, and the class
// that is then the most likely, or that most models predict where they give none.

import { classesOf, labelSeparator, likelyLabels, type OpenEncoders, thresholdOf } from "@netwright/data";
import { at } from "@netwright/definitions";
import type { Prediction, QuantileValues, Spreads } from "../model/predictions.ts";
import { deviationOf, meanOf } from "./spread.ts";

export interface Answer {
  readonly target: readonly string[];
  /** Those of all models, in order; null where numbers are predicted. */
  readonly classes: readonly string[] | null;
  /** The mean of the thresholds of all models; null where the likeliest class is predicted. */
  readonly threshold: number | null;
  /** What stands between the classes of a row, of which there may be any number; null where it has one. */
  readonly separator: string | null;
}

export function answerOf(encoders: readonly OpenEncoders[]): Answer {
  const classes = encoders.map(classesOf);
  const thresholds = encoders.flatMap((one) => thresholdOf(one) ?? []);
  return {
    separator: labelSeparator(at(encoders, 0)),
    threshold: thresholds.length < encoders.length ? null : meanOf(thresholds),
    target: at(encoders, 0).target.map(({ fitted }) => fitted.name),
    classes: classes.includes(null) ? null : [...new Set(classes.flatMap((words) => words ?? []))],
  };
}

/** `predictions` are of one row, one of each model. */
export function together(
  predictions: readonly Prediction[],
  { target, classes, threshold, separator }: Answer,
): Prediction {
  if (classes === null) {
    const numbers = target.map((name) => [name, meanOf(predictions.map((one) => Number(one[name])))]);
    const quantiles = quantilesTogether(predictions);
    return { ...Object.fromEntries(numbers), ...(quantiles === null ? {} : { quantiles }) };
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
  return { ...beside, [name]: label };
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

/** Of each class the share that each model gives it. */
function sharesIn(predictions: readonly Prediction[], classes: readonly string[], target: string) {
  return classes.map((word) => predictions.map((one) => shareOf(word, one, target)));
}

/** A class that a model has not met has none. A target that is called `probabilities` has its word there, which is then sure. */
function shareOf(word: string, prediction: Prediction, target: string): number {
  const { probabilities } = prediction;
  if (typeof probabilities === "object") return probabilities[word] ?? 0;
  return prediction[target] === word ? 1 : 0;
}

/** The mean of each level; null where they are not predicted. */
function quantilesTogether(predictions: readonly Prediction[]): QuantileValues | null {
  const all = predictions.map(({ quantiles }) => (typeof quantiles === "object" ? quantiles : null));
  const [first] = all;
  if (first == null) return null;
  return Object.fromEntries(
    Object.keys(first).map((level) => [level, meanOf(all.map((one) => one?.[level] ?? Number.NaN))]),
  );
}
