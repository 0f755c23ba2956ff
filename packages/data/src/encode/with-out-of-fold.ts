// The training rows with what folds tell of them in the place of what their columns make of them.

import type { OpenColumn } from "../fitted/open-encoders.ts";
import type { Place } from "../preprocess/encoder.ts";

/** Of a column that is coded by folds its numbers in the rows, [rows x numbers]; `null` of others. */
export type OutOfFold = (column: OpenColumn) => Float32Array | null;

/** `own` are numbers of some rows, `count` of each. */
export function writeOutOfFold(own: Float32Array, count: number, { into, at, width }: Place): void {
  for (let from = 0, place = at; from < own.length; from += count, place += width)
    into.set(own.subarray(from, from + count), place);
}
