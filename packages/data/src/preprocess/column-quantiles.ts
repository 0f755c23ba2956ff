// Quantiles of a column's values: where a share of them lies below.

import { at, float64At } from "@netwright/definitions";

/** All values in ascending order; they come piece by piece. */
export function sortedValues(pieces: Iterable<Float64Array>): Float64Array {
  const all = [...pieces];
  const sorted = new Float64Array(all.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const values of all) {
    sorted.set(values, next);
    next += values.length;
  }
  return sorted.sort();
}

/** The value at a share from 0 to 1 of `sorted`, between two of them on a straight line: NumPy's `quantile`. */
export function quantileAt(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = float64At(sorted, below);
  const weight = place - below;
  return weight === 0 ? low + 0 : between(low, float64At(sorted, below + 1), weight);
}

/** From `low`, at weight 0, to `high`, at weight 1, and never beyond; widths may be larger than any number. */
export function between(low: number, high: number, weight: number): number {
  if (low === high) return low + 0;
  const width = high - low;
  const value = Number.isFinite(width) ? low + width * weight : low * (1 - weight) + high * weight;
  return Math.min(Math.max(value, low), high) + 0;
}

/** Which weight `between` makes x of: 0 at `low`, 1 at `high`, which is greater. */
export function weightOf(x: number, low: number, high: number): number {
  const width = high - low;
  return Number.isFinite(width) ? (x - low) / width : (x / 2 - low / 2) / (high / 2 - low / 2);
}

/** How many of an ascending list are so, where those that are stand first. */
export function countWhere(list: readonly number[], isSo: (item: number) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(at(list, middle))) low = middle + 1;
    else high = middle;
  }
  return low;
}
