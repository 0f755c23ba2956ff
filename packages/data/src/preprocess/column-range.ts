// Least, greatest and mean of a column's values; the first two are equal where the column is constant.

import { float64At } from "@netwright/definitions";

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Summary extends Range {
  /** By a sum in plain order. */
  readonly mean: number;
}

export function columnRange(values: Float64Array): Range {
  return summaryOf([values]);
}

/** What was found of a list of pieces: who learns of a column, and who tells of it, asks for the same. */
const summaries = new WeakMap<Iterable<Float64Array>, Summary>();

/** Of values that come piece by piece, in one go. They are the same each time that they are asked for. */
export function summaryOf(pieces: Iterable<Float64Array>): Summary {
  const known = summaries.get(pieces) ?? summarized(pieces);
  summaries.set(pieces, known);
  return known;
}

function summarized(pieces: Iterable<Float64Array>): Summary {
  const state = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0);
  let count = 0;
  for (const values of pieces) {
    count += values.length;
    add(state, values);
  }
  // Adding 0 turns -0 into 0, which alone survives JSON.
  return { min: float64At(state, 0) + 0, max: float64At(state, 1) + 0, mean: float64At(state, 2) / count };
}

// In and out by an array: of a sum that is an argument an engine makes an object at each turn of the loop.
function add(state: Float64Array, values: Float64Array): void {
  let [min, max, sum] = [float64At(state, 0), float64At(state, 1), float64At(state, 2)];
  for (let i = 0; i < values.length; i++) {
    // All are there; asking by `float64At` takes the loop three times as long.
    const x = values[i] ?? Number.NaN;
    sum += x;
    // One question for nearly all.
    if (x >= min && x <= max) continue;
    if (x < min) min = x;
    if (x > max) max = x;
  }
  state.set([min, max, sum]);
}
