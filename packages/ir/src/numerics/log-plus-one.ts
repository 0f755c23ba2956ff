// ln(1 + x) on f32, accurate near 0. Method: u + c = 1 + x exactly (two-sum), u = 2^k m as in `log.ts`; then
// 1 + x = 2^k (1 + f) with f = (m - 1) + 2^-k c, which is x itself where k = 0.
// Largest error found: 1.39 ulp (all inputs from -1 to -1/8 and 1/8 to 8; elsewhere every 87th).

import { twoSum } from "./double-f32.ts";
import type { Lanes } from "./lanes.ts";
import { logOfParts } from "./log.ts";
import { numberLanes } from "./number-lanes.ts";
import { INFINITY, NOT_A_NUMBER, powerOfTwo, splitNormal } from "./steps.ts";

/** Below this size, x^2 / 2 is less than a quarter of a unit in the last place of x. */
const TINY = 2 ** -25;
/** From here on, what rounding 1 + x loses is too small to matter (and 2^-k is soon no f32). */
const HUGE = 2 ** 26;

/** The formula of `logPlusOne` on any lanes. */
export function logPlusOneFormula<F, I, M>(lanes: Lanes<F, I, M>, x: F): F {
  const sum = twoSum(lanes, lanes.f32(1), x);
  const { exponent, fraction } = splitNormal(lanes, sum.high);
  const scale = powerOfTwo(lanes, lanes.subtractI32(lanes.i32(0), exponent));
  const lost = lanes.select(lanes.less(x, lanes.f32(HUGE)), lanes.multiply(sum.low, scale), lanes.f32(0));
  const f = lanes.add(lanes.subtract(fraction, lanes.f32(1)), lost);
  const regular = logOfParts(lanes, lanes.toF32(exponent), f);

  const isTiny = lanes.less(lanes.abs(x), lanes.f32(TINY));
  const finite = lanes.select(isTiny, x, regular);
  // x itself where it is inf or NaN.
  const above = lanes.select(lanes.less(x, lanes.f32(INFINITY)), finite, x);
  const atLeast = lanes.select(lanes.equal(x, lanes.f32(-1)), lanes.f32(-INFINITY), above);
  return lanes.select(lanes.less(x, lanes.f32(-1)), lanes.f32(NOT_A_NUMBER), atLeast);
}

/** ln(1 + x). Keeps -0; -1 gives -inf, x < -1 gives NaN, inf gives inf, NaN gives NaN. */
export function logPlusOne(x: number): number {
  return logPlusOneFormula(numberLanes, x);
}
