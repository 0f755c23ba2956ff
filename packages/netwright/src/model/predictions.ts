// What a network gives for rows as people read it: numbers in original units, words of classes, labels, quantiles.

import {
  classesOf,
  decodeClasses,
  decodeOutput,
  labelSeparator,
  likelyLabels,
  type OpenEncoders,
  thresholdOf,
} from "@netwright/data";
import { at, float64At } from "@netwright/definitions";
import { decodeQuantiles } from "./quantiles.ts";

/**
 * What is predicted for a row, by the names of the targets: numbers in original units, or where a class is predicted its
 * word, of labels those that are rather there than not, in one text as the table has them, and beside it under
 * `probabilities` the share that the model gives each, where its loss gives any. Of several quantiles it is that
 * nearest to the median, and all of them stand beside it under `quantiles`, by their levels. Where several models predict
 * together and it is asked for, how far they are apart stands under `spread`.
 */
export type Prediction = Readonly<Record<string, number | string | Probabilities | QuantileValues | Spreads>>;

export type Probabilities = Readonly<Record<string, number>>;

/** `{ "0.1": 3.2, "0.9": 7.5 }` */
export type QuantileValues = Readonly<Record<string, number>>;

/** Standard deviations, by target, or where classes are predicted of the share of each, by class. */
export type Spreads = Readonly<Record<string, number>>;

/** What the numbers of a network mean. */
export interface Decoding {
  readonly encoders: OpenEncoders;
  /** Of quantiles; null where one number of each target is predicted. */
  readonly levels: readonly number[] | null;
  /** Whether what it gives for a class is a probability. */
  readonly shares: boolean;
}

/** `y` is [rows x outputs], row-major, as the network gives it. */
export function predictionsOf(
  { encoders, levels, shares }: Decoding,
  y: Float32Array,
  rows: number,
): readonly Prediction[] {
  return levels === null ? plainOf(encoders, shares, y, rows) : quantilesOf(encoders, levels, y);
}

/** One number of each target, a class, or labels. */
function plainOf(
  encoders: OpenEncoders,
  given: boolean,
  y: Float32Array,
  rows: number,
): readonly Prediction[] {
  const classes = classesOf(encoders);
  const separator = labelSeparator(encoders);
  const outputs = rows === 0 ? 0 : y.length / rows;
  const values =
    classes === null ? decodeOutput(encoders, y) : decodeClasses(classes.length, y, thresholdOf(encoders));
  const ofRow = (row: number): Prediction => {
    if (classes === null) {
      return Object.fromEntries(
        encoders.target.map(({ fitted }, i) => [fitted.name, float64At(values, row * outputs + i)]),
      );
    }
    const shares = y.subarray(row * outputs, (row + 1) * outputs);
    const probabilities = Object.fromEntries(classes.map((word, i) => [word, shares[i] ?? Number.NaN]));
    const label =
      separator !== null ? likelyLabels(classes, shares, separator) : at(classes, float64At(values, row));
    const { name } = at(encoders.target, 0).fitted;
    // The word is first; a target of that very name has its word there.
    return { [name]: label, ...(name === "probabilities" || !given ? {} : { probabilities }) };
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
  const { values, middle } = decodeQuantiles(encoders, levels, y);
  return Array.from(middle, (value, row) => {
    const quantiles = Object.fromEntries(
      levels.map((level, i) => [String(level), float64At(values, row * levels.length + i)]),
    );
    return { [name]: value, ...(name === "quantiles" ? {} : { quantiles }) };
  });
}
