// The power transform of Yeo and Johnson 2000, both ways, and the likeliest power of a column. All in f64 of our own, as
// what is learned has to be the same on every engine.

import { exponentialMinusOneWide, logPlusOneWide, logWide } from "@netwright/ir/numerics";
import { columnRange } from "./column-range.ts";
import { leastOf } from "./least-of.ts";

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
/**
 * The power for which the transformed values are likeliest normal. The cost is convex in it (Marchand, Muzellec, Béguier,
 * du Terrail, Andreux 2022), so that the least that is found is the least there is.
 */
export function likeliestPower(pieces: Iterable<Float64Array>): number {
  const { logs, least, greatest } = columnOf(pieces);
  const size = Math.abs(least);
  const low = Math.max(-MOST, -RESOLVED / greatest, 1 - RESOLVED / size);
  const high = Math.min(2 + MOST, 1 + RESOLVED / greatest, 2 + RESOLVED / size);
  const raised = logs.slice();
  const sum = sumOf(logs);
  return leastOf((lambda) => costOf(logs, lambda, raised) - ((lambda - 1) * sum) / logs.length, low, high);
}

/** ln(1 + |x|) of all values with the sign of x, and the ends of them. */
function columnOf(pieces: Iterable<Float64Array>) {
  const all = Array.from(pieces);
  const logs = new Float64Array(all.reduce((rows, { length }) => rows + length, 0));
  let next = 0;
  for (const values of all) {
    for (let i = 0; i < values.length; i++) {
      const x = values[i] ?? Number.NaN;
      logs[next++] = x < 0 ? -logPlusOneWide(-x) : logPlusOneWide(x);
    }
  }
  const { min, max } = columnRange(logs);
  return { logs, least: Math.min(min, 0), greatest: Math.max(max, 0) };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? Number.NaN;
  return sum;
}

/** The logarithm of the deviation of the transformed values; infinite where they are all one. `raised` is written over. */
function costOf(logs: Float64Array, lambda: number, raised: Float64Array): number {
  let size = 0;
  for (let i = 0; i < logs.length; i++) {
    const l = logs[i] ?? Number.NaN;
    const p = l < 0 ? -ofLog(-l, 2 - lambda) : ofLog(l, lambda);
    raised[i] = p;
    if (Math.abs(p) > size) size = Math.abs(p);
  }
  if (size === 0 || !Number.isFinite(size)) return Number.POSITIVE_INFINITY;
  // In units of the largest, so that no square is infinite.
  const mean = sumOf(raised) / size / logs.length;
  let squares = 0;
  for (let i = 0; i < raised.length; i++) {
    const difference = (raised[i] ?? Number.NaN) / size - mean;
    squares += difference * difference;
  }
  if (squares === 0 || !Number.isFinite(squares)) return Number.POSITIVE_INFINITY;
  return logWide(squares / logs.length) / 2 + logWide(size);
}
