// What a network gives for rows as people read it: numbers in original units, words of classes, labels, quantiles.

import {
  calibratedScores,
  classesOf,
  decodeClasses,
  decodeOutput,
  decodeSpread,
  intervalsOf,
  labelSeparator,
  likelyLabels,
  membersOf,
  type OpenEncoders,
  type PredictedRow,
  setOf,
  thresholdOf,
  withRadius,
} from "@netwright/data";
import { at, float64At } from "@netwright/definitions";
import { coreOf } from "./intervals.ts";
import { decodeQuantiles } from "./quantiles.ts";
import { spreadsOf } from "./spreads.ts";

/**
 * What is predicted for a row, by the names of the targets: numbers in original units, or where a class is predicted its
 * word, of labels those that are rather there than not, in one text as the table has them, and beside it under
 * `probabilities` the share that the model gives each, where its loss gives any. Of several quantiles it is that
 * nearest to the median, and all of them stand beside it under `quantiles`, by their levels. Where the file asks for
 * intervals, that of a number stands under `interval`, of several targets by their names, and of a class there is a `set`.
 * Under `spread` stands how far targets spread around the numbers, where the model tells; where several models predict
 * together and it is asked for, how far they are apart. Of a model of windows each prediction is one of a window, and begins with
 * the cells that say which row of which series it is for, by the names of their columns.
 */
export type Prediction = Readonly<
  Record<
    string,
    number | string | Probabilities | QuantileValues | Spreads | Interval | IntervalsByTarget | ClassSet
  >
> &
  Beside;

/** A target of that very name has its own value there. */
interface Beside {
  readonly probabilities?: number | string | Probabilities;
  readonly quantiles?: number | string | QuantileValues;
  readonly spread?: number | string | Spreads;
  readonly interval?: number | string | Interval | IntervalsByTarget;
  readonly set?: number | string | ClassSet;
}

export type Probabilities = Readonly<Record<string, number>>;

/** `{ "0.1": 3.2, "0.9": 7.5 }` */
export type QuantileValues = Readonly<Record<string, number>>;

/** Standard deviations, by target, or where classes are predicted of the share of each, by class. */
export type Spreads = Readonly<Record<string, number>>;

/** In original units; the ends belong to it. */
export type Interval = readonly [lower: number, upper: number];

export type IntervalsByTarget = Readonly<Record<string, Interval>>;

/** In the order of the classes; the one that is predicted is always among them. */
export type ClassSet = readonly string[];

/** What the numbers of a network mean. */
export interface Decoding {
  readonly encoders: OpenEncoders;
  /** Of quantiles; null where one number of each target is predicted. */
  readonly levels: readonly number[] | null;
  /** Whether what it gives for a class is a probability. */
  readonly shares: boolean;
  /** Whether it gives a spread beside each number. */
  readonly spread: boolean;
}

/** `y` is [rows x outputs], row-major, as the network gives it. */
export function predictionsOf(
  { encoders, levels, shares, spread }: Decoding,
  y: Float32Array,
  rows: number,
): readonly Prediction[] {
  if (levels !== null) return quantilesOf(encoders, levels, y);
  return classesOf(encoders) === null
    ? numbersOf(encoders, spread, y, rows)
    : classesOfRows(encoders, shares, y, rows);
}

/**
 * In front of each the cells that say which row of a series it is for, by the names of their columns: those that tell series
 * apart, and when it is.
 */
export function withTimes(
  predictions: readonly Prediction[],
  predicts: readonly PredictedRow[],
  { fitted: { window } }: Pick<OpenEncoders, "fitted">,
): readonly Prediction[] {
  if (window === undefined) return predictions;
  return predictions.map((prediction, i) => {
    const { series, time } = at(predicts, i);
    const told = window.by.map((name, j) => [name, at(series, j)] as const);
    return { ...Object.fromEntries([...told, [window.order, time]]), ...prediction };
  });
}

/** Those cells of a prediction; none where each row is for itself. */
export function timeIn(
  prediction: Prediction,
  { fitted: { window } }: Pick<OpenEncoders, "fitted">,
): Readonly<Record<string, string | number>> {
  const names = window === undefined ? [] : [...window.by, window.order];
  return Object.fromEntries(
    names.flatMap((name) => {
      const cell = prediction[name];
      return typeof cell === "string" || typeof cell === "number" ? [[name, cell]] : [];
    }),
  );
}

function numbersOf(
  encoders: OpenEncoders,
  hasSpread: boolean,
  y: Float32Array,
  rows: number,
): readonly Prediction[] {
  const { prediction, spread } = hasSpread
    ? decodeSpread(encoders, y)
    : { prediction: decodeOutput(encoders, y), spread: null };
  const names = encoders.target.map(({ fitted }) => fitted.name);
  const interval = intervalsBeside(encoders, { prediction, spread });
  return Array.from({ length: rows }, (_, row) => ({
    ...Object.fromEntries(names.map((name, i) => [name, float64At(prediction, row * names.length + i)])),
    ...(spread === null || names.includes("spread") ? {} : { spread: spreadsOf(names, spread, row) }),
    ...interval(row),
  }));
}

/** Nothing where the file asks for none, or a target has that name. */
function intervalsBeside(
  encoders: OpenEncoders,
  decoded: Parameters<typeof coreOf>[0],
): (row: number) => Prediction {
  const saved = intervalsOf(encoders);
  const names = encoders.target.map(({ fitted }) => fitted.name);
  if (saved === null || names.includes("interval")) return () => ({});
  const { lower, upper } = withRadius(coreOf(decoded), saved);
  const one = (i: number): Interval => [float64At(lower, i), float64At(upper, i)];
  if (names.length === 1) return (row) => ({ interval: one(row) });
  return (row) => ({
    interval: Object.fromEntries(names.map((name, j) => [name, one(row * names.length + j)])),
  });
}

/** A class, or labels. */
function classesOfRows(
  encoders: OpenEncoders,
  given: boolean,
  y: Float32Array,
  rows: number,
): readonly Prediction[] {
  const classes = classesOf(encoders) ?? [];
  const separator = labelSeparator(encoders);
  const saved = setOf(encoders);
  const scores = calibratedScores(encoders, y);
  const values = decodeClasses(classes.length, scores, thresholdOf(encoders));
  const members = saved === null ? null : membersOf(scores, values, saved);
  const ofRow = (row: number): Prediction => {
    const first = row * classes.length;
    const shares = scores.subarray(first, first + classes.length);
    const probabilities = Object.fromEntries(classes.map((word, i) => [word, shares[i] ?? Number.NaN]));
    const label =
      separator !== null ? likelyLabels(classes, shares, separator) : at(classes, float64At(values, row));
    const { name } = at(encoders.target, 0).fitted;
    // The word is first; a target of that very name has its word there.
    return {
      [name]: label,
      ...(name === "probabilities" || !given ? {} : { probabilities }),
      ...(members === null || name === "set"
        ? {}
        : { set: classes.filter((_, code) => members[first + code] === 1) }),
    };
  };
  return Array.from({ length: rows }, (_, row) => ofRow(row));
}

/** `y` is [rows x levels]. */
function quantilesOf(
  encoders: OpenEncoders,
  levels: readonly number[],
  y: Float32Array,
): readonly Prediction[] {
  const { name } = at(encoders.target, 0).fitted;
  const { middle, ...all } = decodeQuantiles(encoders, levels, y);
  const { values } = all;
  const interval = intervalsBeside(encoders, { prediction: middle, quantiles: all });
  return Array.from(middle, (value, row) => {
    const quantiles = Object.fromEntries(
      levels.map((level, i) => [String(level), float64At(values, row * levels.length + i)]),
    );
    return { [name]: value, ...(name === "quantiles" ? {} : { quantiles }), ...interval(row) };
  });
}
