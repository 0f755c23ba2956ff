// Split conformal prediction: from how far off a model was on rows that it has not learned from, how far off it is at most
// on a stated share of others. Vovk, Gammerman, Shafer 2005, "Algorithmic Learning in a Random World"; Lei et al. 2018,
// "Distribution-Free Predictive Inference for Regression".

import { float64At, int32At } from "@netwright/definitions";

/**
 * Which of `rows` scores, counted from 1 and from the least on, bounds that share of further ones: the least whole number
 * of at least `share` (rows + 1). Beyond `rows` there is none. Reckoned with the digits of `share` as it is written, as
 * 0.55 * 100 is a little more than 55 in floating point.
 */
export function conformalRank(rows: number, share: number): number {
  const { digits, scale } = fraction(share);
  const product = digits * BigInt(rows + 1);
  return Number((product + scale - 1n) / scale);
}

/** How many rows there have to be, so that one of them bounds that share. */
export function rowsForShare(share: number): number {
  const { digits, scale } = fraction(share);
  const others = scale - digits;
  return Number((digits + others - 1n) / others);
}

/** `share` is above 0 and below 1: `digits / scale`, of the shortest decimal that reads back as the same number. */
function fraction(share: number): { readonly digits: bigint; readonly scale: bigint } {
  const [mantissa = "", exponent = "0"] = String(share).split("e");
  const [whole = "", decimals = ""] = mantissa.split(".");
  return { digits: BigInt(whole + decimals), scale: 10n ** BigInt(decimals.length - Number(exponent)) };
}

/**
 * The score of that rank; null where there are too few, or where one is no number. With `weights`, [rows], rows of weight
 * 0 are none, and a further row counts as much as one does on average.
 */
export function conformalBound(
  scores: Float64Array,
  weights: Float64Array | null,
  share: number,
): number | null {
  const counted = Int32Array.from(scores.keys()).filter(
    (row) => weights === null || float64At(weights, row) > 0,
  );
  if (counted.some((row) => Number.isNaN(float64At(scores, row)))) return null;
  const order = counted.sort((a, b) => float64At(scores, a) - float64At(scores, b) || a - b);
  const place =
    weights === null || isEven(weights, order)
      ? conformalRank(order.length, share) - 1
      : weightedPlace(weights, order, share);
  const bound = place < 0 || place >= order.length ? null : float64At(scores, int32At(order, place));
  return bound !== null && Number.isFinite(bound) ? bound : null;
}

function isEven(weights: Float64Array, order: Int32Array): boolean {
  return order.every((row) => weights[row] === weights[order[0] ?? 0]);
}

/** Where the weights add up to `share` of all with that of one row more. */
function weightedPlace(weights: Float64Array, order: Int32Array, share: number): number {
  let total = 0;
  for (const row of order) total += float64At(weights, row);
  const wanted = share * (total + total / order.length);
  let sum = 0;
  const place = order.findIndex((row) => {
    sum += float64At(weights, row);
    return sum >= wanted;
  });
  // With just enough rows the two are equal but for rounding, which may leave the sum below.
  return place < 0 && conformalRank(order.length, share) <= order.length ? order.length - 1 : place;
}
