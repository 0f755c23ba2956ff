// Temperature scaling: one number, by which probabilities are drawn towards each other or apart so that they are as likely
// as they say. Guo, Pleiss, Sun, Weinberger 2017, "On Calibration of Modern Neural Networks".

import { float64At } from "@netwright/definitions";
import { exponentialWide, logWide } from "@netwright/ir/numerics";

/** Between them the temperature is looked for. */
const LEAST = 1 / 32;
const GREATEST = 32;

const HALVINGS = 48;

/** What stands for the logarithm of a probability that is 0 in 32 bits, and so only less than the least that is not. */
const NOTHING = -104;

/**
 * The temperature T at which the rows' own classes are the likeliest, from probabilities, [rows x classes], which become
 * p^(1/T) / sum p^(1/T): softmax of z / T, where they are the softmax of z. `target` is [rows]. Null without rows, where a
 * probability is no number, and where the best would be ever smaller or larger, as it is if all rows are told right for sure.
 */
export function fitTemperature(
  probabilities: Float64Array,
  target: Float64Array,
  weights: Float64Array | null,
): number | null {
  if (target.length === 0 || probabilities.some(Number.isNaN)) return null;
  const logs = probabilities.map(logOf);
  const classes = probabilities.length / target.length;
  const slope = (temperature: number) => slopeAt(1 / temperature, logs, target, weights, classes);
  // The loss is convex in 1 / T; its slope there falls as T rises.
  if (!(slope(LEAST) > 0) || !(slope(GREATEST) < 0)) return null;
  let [low, high] = [LEAST, GREATEST];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = Math.sqrt(low * high);
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

/** Of the mean of -ln p of the rows' classes, up to a factor, by 1 / T. */
function slopeAt(
  inverse: number,
  logs: Float64Array,
  target: Float64Array,
  weights: Float64Array | null,
  classes: number,
): number {
  let slope = 0;
  for (let row = 0; row < target.length; row++) {
    const own = logs.subarray(row * classes, (row + 1) * classes);
    let [sum, expected] = [0, 0];
    for (const log of own) {
      const share = exponentialWide(log * inverse);
      sum += share;
      expected += share * log;
    }
    const weight = weights === null ? 1 : float64At(weights, row);
    slope += weight * (expected / sum - float64At(own, float64At(target, row)));
  }
  return slope;
}

/** [rows x classes], row-major. */
export function tempered(probabilities: Float64Array, classes: number, temperature: number): Float64Array {
  const all = new Float64Array(probabilities.length);
  for (let first = 0; first < all.length; first += classes) {
    all.set(temperedRow(probabilities.subarray(first, first + classes), temperature), first);
  }
  return all;
}

export function temperedRow(probabilities: ArrayLike<number>, temperature: number): number[] {
  return softmax(Array.from(probabilities, logOf), temperature);
}

/** In f64, of numbers divided by the temperature. The largest is taken out first, so that not all of them round to 0. */
export function softmax(logits: readonly number[], temperature = 1): number[] {
  const largest = logits.reduce((most, z) => Math.max(most, z), Number.NEGATIVE_INFINITY);
  const shares = logits.map((z) => exponentialWide((z - largest) / temperature));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

function logOf(probability: number): number {
  return Math.max(logWide(probability), NOTHING);
}
