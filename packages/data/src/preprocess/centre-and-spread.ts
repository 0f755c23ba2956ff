// Where the middle of a column lies and how far it spreads, so that a few extreme values change little.

import { float64At } from "@netwright/definitions";
import { quantileAt, sortedValues } from "./column-quantiles.ts";

/**
 * The median, and the interquartile range; where a quarter of the values and more are the median on both sides, so that
 * it is 0, half the distance from the least to the greatest, and 0 for a constant column.
 */
export function centreAndSpread(pieces: Iterable<Float64Array>): {
  readonly centre: number;
  readonly spread: number;
} {
  const sorted = sortedValues(pieces);
  const range = quantileAt(sorted, 0.75) - quantileAt(sorted, 0.25);
  const whole = float64At(sorted, sorted.length - 1) - float64At(sorted, 0);
  return { centre: quantileAt(sorted, 0.5), spread: range === 0 ? whole / 2 : range };
}
