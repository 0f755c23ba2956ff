// What a linear model fits for each kind of target: the loss of a row from its sums, and the link from them to a prediction.

import { float64At, type TargetKind } from "@netwright/definitions";
import { exponentialMinusOneWide, logPlusOneWide, logWide } from "@netwright/ir/numerics";

export interface Family {
  /** As a table calls it. */
  readonly title: string;
  /** How many sums a row has for so many numbers, classes or labels. */
  readonly sums: (outputs: number) => number;
  /** The sum at which a prediction is that mean, about. */
  readonly start: (mean: number) => number;
  /** The loss of a row, [sums] and [outputs] from `from` on of `y`; writes its slope for each sum. */
  readonly loss: (sums: Float64Array, y: Float64Array, from: number, slopes: Float64Array) => number;
  /** From [sums] to what the network gives in their place, [outputs]. */
  readonly link: (sums: Float64Array) => readonly number[];
}

/** Shares of 0 and 1 have no sum. */
const LEAST_SHARE = 1e-6;

const leastSquares: Family = {
  title: "ridge regression",
  sums: (outputs) => outputs,
  start: (mean) => mean,
  loss(sums, y, from, slopes) {
    let loss = 0;
    for (let j = 0; j < sums.length; j++) {
      const error = float64At(sums, j) - float64At(y, from + j);
      slopes[j] = error;
      loss += (error * error) / 2;
    }
    return loss;
  },
  link: (sums) => [...sums],
};

const poisson: Family = {
  title: "Poisson regression",
  sums: (outputs) => outputs,
  start: (mean) => logWide(Math.max(mean, LEAST_SHARE)),
  loss(sums, y, from, slopes) {
    let loss = 0;
    for (let j = 0; j < sums.length; j++) {
      const [sum, count] = [float64At(sums, j), float64At(y, from + j)];
      const rate = exponential(sum);
      slopes[j] = rate - count;
      loss += rate - count * sum;
    }
    return loss;
  },
  link: (sums) => Array.from(sums, exponential),
};

/** Of each label by itself. */
const logistic: Family = {
  title: "logistic regression of each label",
  sums: (outputs) => outputs,
  start: (mean) => logit(mean),
  loss(sums, y, from, slopes) {
    let loss = 0;
    for (let j = 0; j < sums.length; j++) {
      const [sum, truth] = [float64At(sums, j), float64At(y, from + j)];
      slopes[j] = sigmoid(sum) - truth;
      loss += softplus(sum) - truth * sum;
    }
    return loss;
  },
  link: (sums) => Array.from(sums, sigmoid),
};

/** One sum, of the second class. */
const twoClasses: Family = {
  title: "logistic regression",
  sums: () => 1,
  start: (mean) => logit(mean),
  loss: (sums, y, from, slopes) => logistic.loss(sums, y, from + 1, slopes),
  // The first from the other side, as small shares would be lost.
  link: ([sum = Number.NaN]) => [sigmoid(-sum), sigmoid(sum)],
};

const softmax: Family = {
  title: "softmax regression",
  sums: (outputs) => outputs,
  start: (mean) => logWide(Math.max(mean, LEAST_SHARE)),
  loss(sums, y, from, slopes) {
    const most = sums.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
    let total = 0;
    for (let j = 0; j < sums.length; j++) {
      const share = exponential(float64At(sums, j) - most);
      slopes[j] = share;
      total += share;
    }
    const all = most + logWide(total);
    let loss = 0;
    for (let j = 0; j < sums.length; j++) {
      const truth = float64At(y, from + j);
      slopes[j] = float64At(slopes, j) / total - truth;
      loss += truth * (all - float64At(sums, j));
    }
    return loss;
  },
  link(sums) {
    const most = sums.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
    const shares = Array.from(sums, (sum) => exponential(sum - most));
    const total = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share) => share / total);
  },
};

const FAMILIES: { readonly [K in TargetKind]: Family } = {
  number: leastSquares,
  count: poisson,
  distribution: softmax,
  direction: leastSquares,
  class: softmax,
  ordinal: softmax,
  labels: logistic,
};

/** `outputs` are the numbers, classes or labels. */
export function familyOf(kind: TargetKind, outputs: number): Family {
  const family = FAMILIES[kind];
  return outputs === 2 && (kind === "class" || kind === "ordinal") ? twoClasses : family;
}

function exponential(x: number): number {
  return exponentialMinusOneWide(x) + 1;
}

function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exponential(-x));
  const e = exponential(x);
  return e / (1 + e);
}

function softplus(x: number): number {
  return Math.max(x, 0) + logPlusOneWide(exponential(-Math.abs(x)));
}

function logit(mean: number): number {
  const share = Math.min(Math.max(mean, LEAST_SHARE), 1 - LEAST_SHARE);
  return logWide(share / (1 - share));
}
