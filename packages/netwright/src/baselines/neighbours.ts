// The training rows nearest to a row, and what they say of it.

import { float64At, int32At } from "@netwright/definitions";
import { type KnownRows, meanTargets } from "./known-rows.ts";
import type { Predictor } from "./linear.ts";
import type { SparseRows } from "./sparse-rows.ts";

/** For each row the training rows by Euclidean distance of the encoded features, the nearest first; of equally near ones the earlier. */
export type Nearest = (rows: SparseRows, most: number) => Int32Array;

export function nearestIn(train: SparseRows): Nearest {
  const lengths = new Float64Array(train.rows);
  for (let row = 0; row < train.rows; row++) {
    let sum = 0;
    for (let i = int32At(train.starts, row); i < int32At(train.starts, row + 1); i++) {
      const value = train.values[i] ?? 0;
      sum += value * value;
    }
    lengths[row] = sum;
  }
  return (rows, most) => {
    const found = new Int32Array(rows.rows * most);
    const one = new Float64Array(rows.width);
    const distances = new Float64Array(train.rows);
    for (let row = 0; row < rows.rows; row++) {
      const [start, end] = [int32At(rows.starts, row), int32At(rows.starts, row + 1)];
      for (let i = start; i < end; i++) one[int32At(rows.places, i)] = rows.values[i] ?? 0;
      distancesFrom(one, train, lengths, distances);
      writeNearest(distances, found.subarray(row * most, (row + 1) * most));
      for (let i = start; i < end; i++) one[int32At(rows.places, i)] = 0;
    }
    return found;
  };
}

/** Squared, less the square of the row itself, which is the same for all. */
function distancesFrom(
  row: Float64Array,
  { rows, starts, places, values }: SparseRows,
  lengths: Float64Array,
  into: Float64Array,
): void {
  let i = 0;
  for (let other = 0; other < rows; other++) {
    const end = int32At(starts, other + 1);
    let product = 0;
    for (; i < end; i++) product += (values[i] ?? 0) * float64At(row, int32At(places, i));
    into[other] = float64At(lengths, other) - 2 * product;
  }
}

function writeNearest(distances: Float64Array, into: Int32Array): void {
  let found = 0;
  let farthest = Number.POSITIVE_INFINITY;
  for (let row = 0; row < distances.length; row++) {
    const distance = float64At(distances, row);
    if (found === into.length && !(distance < farthest)) continue;
    let place = found < into.length ? found++ : found - 1;
    for (; place > 0 && distance < float64At(distances, int32At(into, place - 1)); place--) {
      into[place] = int32At(into, place - 1);
    }
    into[place] = row;
    farthest = float64At(distances, int32At(into, found - 1));
  }
}

/**
 * From the numbers of the nearest rows, [rows x most], what the first k of them say: the mean of their numbers, as they count, and of classes
 * and labels their shares. Of shares one row more is counted, that has each as often as the training rows: so that none is 0
 * because k is small, and the shares of all decide between classes that are as frequent among the k.
 */
export function votes(known: KnownRows, areShares: boolean) {
  const { y, outputs, weights } = known;
  const means = areShares ? meanTargets(known) : null;
  return (nearest: Int32Array, most: number, k: number): Float32Array => {
    const rows = nearest.length / most;
    const predicted = new Float32Array(rows * outputs);
    const sums = new Float64Array(outputs);
    for (let row = 0; row < rows; row++) {
      const own = nearest.subarray(row * most, row * most + k);
      const isCounted = weights !== null && own.some((other) => float64At(weights, other) > 0);
      let total = means === null ? 0 : 1;
      for (let j = 0; j < outputs; j++) sums[j] = means?.[j] ?? 0;
      for (const other of own) {
        const count = isCounted ? float64At(weights, other) : 1;
        total += count;
        for (let j = 0; j < outputs; j++) {
          sums[j] = float64At(sums, j) + count * float64At(y, other * outputs + j);
        }
      }
      for (let j = 0; j < outputs; j++) predicted[row * outputs + j] = float64At(sums, j) / total;
    }
    return predicted;
  };
}

export function neighbourPredictor(known: KnownRows, areShares: boolean, k: number): Predictor {
  const [nearest, vote] = [nearestIn(known.x), votes(known, areShares)];
  return (rows) => vote(nearest(rows, k), k, k);
}
