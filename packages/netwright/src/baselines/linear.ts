// A linear model with a ridge penalty, for any kind of target.

import { float64At, int32At } from "@netwright/definitions";
import type { Family } from "./families.ts";
import { type KnownRows, meanTargets } from "./known-rows.ts";
import { minimise } from "./minimise.ts";
import type { SparseRows } from "./sparse-rows.ts";

/** Gives [rows x outputs], row-major, as a network would. */
export type Predictor = (rows: SparseRows) => Float32Array;

export interface Linear {
  /** [(width + 1) x sums], row-major, for features that are scaled to mean 0 and deviation 1; the last row is added. */
  readonly weights: Float64Array;
  readonly predict: Predictor;
}

/**
 * The least of `mean loss + penalty / 2 * sum of squares`, over the weights of scaled features and not over what is added. Of
 * n rows, scikit-learn's `Ridge(alpha=penalty * n)` and `LogisticRegression(C=1 / (penalty * n))` of a `StandardScaler`.
 * `from` is a model of the same rows with another penalty, near to which this one is.
 */
export function fitLinear(known: KnownRows, family: Family, penalty: number, from?: Linear): Linear {
  const { x, outputs } = known;
  const sums = family.sums(outputs);
  const scale = scaleOf(x);
  const start = from?.weights ?? startOf(known, family, sums);
  const weights = minimise((w, gradient) => lossOf(known, family, scale, penalty, w, gradient), start);
  const { raw, added } = unscaled(weights, scale, sums);
  return { weights, predict: (rows) => predictLinear(rows, family, raw, added, outputs) };
}

interface Scale {
  readonly mean: Float64Array;
  /** 1 / deviation; 0 of a constant. */
  readonly factor: Float64Array;
}

function scaleOf({ rows, width, places, values }: SparseRows): Scale {
  const mean = new Float64Array(width);
  for (let i = 0; i < places.length; i++) {
    const place = int32At(places, i);
    mean[place] = float64At(mean, place) + (values[i] ?? 0);
  }
  for (let j = 0; j < width; j++) mean[j] = float64At(mean, j) / rows;
  const squares = new Float64Array(width);
  const present = new Int32Array(width);
  for (let i = 0; i < places.length; i++) {
    const place = int32At(places, i);
    const off = (values[i] ?? 0) - float64At(mean, place);
    squares[place] = float64At(squares, place) + off * off;
    present[place] = int32At(present, place) + 1;
  }
  const factor = squares.map((sum, j) => {
    const zeros = rows - int32At(present, j);
    const variance = (sum + zeros * float64At(mean, j) * float64At(mean, j)) / rows;
    // What rounding leaves of a constant is no deviation.
    const isConstant = variance <= 1e-14 * float64At(mean, j) * float64At(mean, j);
    return isConstant ? 0 : 1 / Math.sqrt(variance);
  });
  return { mean, factor };
}

/** All weights 0, and what is added such that every row is predicted the mean. */
function startOf(known: KnownRows, family: Family, sums: number): Float64Array {
  const start = new Float64Array((known.x.width + 1) * sums);
  const means = meanTargets(known);
  // Of two classes there is one sum, of the second.
  const skipped = means.length - sums;
  for (let j = 0; j < sums; j++) {
    start[known.x.width * sums + j] = family.start(float64At(means, skipped + j));
  }
  return start;
}

/** The weights for features as they are. */
function unscaled(weights: Float64Array, { mean, factor }: Scale, sums: number) {
  const width = mean.length;
  const raw = new Float64Array(width * sums);
  const added = weights.slice(width * sums);
  for (let j = 0; j < width; j++) {
    for (let k = 0; k < sums; k++) {
      const weight = float64At(weights, j * sums + k) * float64At(factor, j);
      raw[j * sums + k] = weight;
      added[k] = float64At(added, k) - weight * float64At(mean, j);
    }
  }
  return { raw, added };
}

function lossOf(
  { x, y, outputs, weights: counts }: KnownRows,
  family: Family,
  scale: Scale,
  penalty: number,
  w: Float64Array,
  gradient: Float64Array,
): number {
  const sums = family.sums(outputs);
  const { raw, added } = unscaled(w, scale, sums);
  const ofRaw = new Float64Array(raw.length);
  const ofAdded = new Float64Array(sums);
  const eta = new Float64Array(sums);
  const slopes = new Float64Array(sums);
  let [loss, total] = [0, 0];
  for (let row = 0; row < x.rows; row++) {
    const count = counts === null ? 1 : float64At(counts, row);
    if (count === 0) continue;
    sumsOf(x, row, raw, added, eta);
    loss += count * family.loss(eta, y, row * outputs, slopes);
    total += count;
    for (let k = 0; k < sums; k++) {
      const slope = count * float64At(slopes, k);
      slopes[k] = slope;
      ofAdded[k] = float64At(ofAdded, k) + slope;
    }
    for (let i = int32At(x.starts, row); i < int32At(x.starts, row + 1); i++) {
      const at = int32At(x.places, i) * sums;
      const value = x.values[i] ?? 0;
      for (let k = 0; k < sums; k++) {
        ofRaw[at + k] = float64At(ofRaw, at + k) + value * float64At(slopes, k);
      }
    }
  }
  loss /= total;
  const width = x.width;
  for (let k = 0; k < sums; k++) gradient[width * sums + k] = float64At(ofAdded, k) / total;
  for (let j = 0; j < width; j++) {
    const [mean, factor] = [float64At(scale.mean, j), float64At(scale.factor, j)];
    for (let k = 0; k < sums; k++) {
      const at = j * sums + k;
      const weight = float64At(w, at);
      const slope = (factor * (float64At(ofRaw, at) - mean * float64At(ofAdded, k))) / total;
      gradient[at] = slope + penalty * weight;
      loss += (penalty / 2) * weight * weight;
    }
  }
  return loss;
}

function sumsOf(
  { starts, places, values }: SparseRows,
  row: number,
  raw: Float64Array,
  added: Float64Array,
  into: Float64Array,
): void {
  const sums = added.length;
  into.set(added);
  for (let i = int32At(starts, row); i < int32At(starts, row + 1); i++) {
    const at = int32At(places, i) * sums;
    const value = values[i] ?? 0;
    for (let k = 0; k < sums; k++) into[k] = float64At(into, k) + value * float64At(raw, at + k);
  }
}

function predictLinear(
  x: SparseRows,
  family: Family,
  raw: Float64Array,
  added: Float64Array,
  outputs: number,
): Float32Array {
  const eta = new Float64Array(added.length);
  const predicted = new Float32Array(x.rows * outputs);
  for (let row = 0; row < x.rows; row++) {
    sumsOf(x, row, raw, added, eta);
    predicted.set(family.link(eta), row * outputs);
  }
  return predicted;
}
