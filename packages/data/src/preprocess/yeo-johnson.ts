// The power transform of Yeo and Johnson 2000, both ways, and the likeliest power of a column. All in f64 of our own, as
// what is learned has to be the same on every engine.

import { exponentialMinusOneWide, logPlusOneWide, logWide } from "@netwright/ir/numerics";
import { meanAndDeviation } from "./mean-and-deviation.ts";

/** ((1 + x)^lambda - 1) / lambda for x >= 0, -((1 - x)^(2 - lambda) - 1) / (2 - lambda) for others, and their limits. */
export function powerOf(x: number, lambda: number): number {
  return x < 0 ? -ofLog(logPlusOneWide(-x), 2 - lambda) : ofLog(logPlusOneWide(x), lambda);
}

/** (e^(l power) - 1) / power. */
function ofLog(l: number, power: number): number {
  return power === 0 ? l : exponentialMinusOneWide(l * power) / power;
}

/** The x that `powerOf` makes p of; where no x does, one near the end of those that there are. Finite for finite p. */
export function valueOfPower(p: number, lambda: number): number {
  return p < 0 ? -sizeOf(-p, 2 - lambda) : sizeOf(p, lambda);
}

function sizeOf(p: number, power: number): number {
  const l = power === 0 ? p : logPlusOneWide(Math.max(p * power, NEAR_END)) / power;
  return Math.min(exponentialMinusOneWide(l), Number.MAX_VALUE);
}

/** With a power below 0 the transform never comes to -1 / power, though a network may. */
const NEAR_END = -1 + 2 ** -30;

/** Powers beyond change nothing that matters. */
const MOST = 20;
/**
 * e to this is a million. What is raised to a power that makes more of it, or less than its inverse, cannot be told from
 * its neighbours any more, and not be turned back.
 */
const RESOLVED = 13.8;
const GOLDEN = 0.6180339887498949;
const CLOSE = 1e-8;

/**
 * The power for which the transformed values are likeliest normal. The cost is convex in it (Marchand, Muzellec, Béguier,
 * du Terrail, Andreux 2022), so that sections of an interval by the golden ratio find it.
 */
export function likeliestPower(pieces: Iterable<Float64Array>): number {
  const { logs, least, greatest } = columnOf(pieces);
  const size = Math.abs(least);
  let low = Math.max(-MOST, -RESOLVED / greatest, 1 - RESOLVED / size);
  let high = Math.min(2 + MOST, 1 + RESOLVED / greatest, 2 + RESOLVED / size);
  let [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [costOfA, costOfB] = [costOf(logs, a), costOf(logs, b)];
  while (high - low > CLOSE) {
    if (costOfA <= costOfB) {
      [high, b, costOfB] = [b, a, costOfA];
      a = high - GOLDEN * (high - low);
      costOfA = costOf(logs, a);
    } else {
      [low, a, costOfA] = [a, b, costOfB];
      b = low + GOLDEN * (high - low);
      costOfB = costOf(logs, b);
    }
  }
  return (low + high) / 2;
}

/** ln(1 + |x|) of all values with the sign of x, and the ends of them. */
function columnOf(pieces: Iterable<Float64Array>) {
  const logs = Array.from(pieces, (values) =>
    values.map((x) => (x < 0 ? -logPlusOneWide(-x) : logPlusOneWide(x))),
  );
  let [least, greatest] = [0, 0];
  for (const values of logs) {
    for (const l of values) {
      if (l < least) least = l;
      if (l > greatest) greatest = l;
    }
  }
  return { logs, least, greatest };
}

/** Negative log-likelihood of a row, up to a constant; infinite where the transformed values are all one. */
function costOf(logs: readonly Float64Array[], lambda: number): number {
  const raised = logs.map((values) => values.map((l) => (l < 0 ? -ofLog(-l, 2 - lambda) : ofLog(l, lambda))));
  let [rows, sum, size] = [0, 0, 0];
  for (const values of logs) {
    rows += values.length;
    for (const l of values) sum += l;
  }
  for (const values of raised) for (const p of values) size = Math.max(size, Math.abs(p));
  if (size === 0 || !Number.isFinite(size)) return Number.POSITIVE_INFINITY;
  const { std } = meanAndDeviation(raised.map((values) => values.map((p) => p / size)));
  return logWide(std) + logWide(size) - ((lambda - 1) * sum) / rows;
}
