// e^x - 1 on f32, accurate near 0. Method: x = n ln 2 + r + c as in `exponential.ts`, c being what rounding r
// left over; e^x - 1 = (2^n - 1) + 2^n r + 2^n (r^2 q(r) + c e^r). The first two are added exactly, since
// they cancel for n = 1 and n = -1. q of degree 5, fitted to the least maximum relative error of
// e^r - 1 (2^-31). All is done at half size, so that 2^n fits for n = 128.
// Largest error found: 1.15 ulp (all inputs of size 1/8 to 128; elsewhere every 87th).

import { twoSum } from "./double-f32.ts";
import { LN2_HIGH, LN2_LOW, LOG2_E } from "./exponential.ts";
import type { Lanes } from "./lanes.ts";
import { numberLanes } from "./number-lanes.ts";
import { polynomial, powerOfTwo, roundToInteger } from "./steps.ts";

/** Below, e^x - 1 rounds to -1; above, to infinity. */
const LOWEST = -18;
const HIGHEST = 89;
/** Below this size, x^2 / 2 is less than a quarter of a unit in the last place of x. */
const TINY = 2 ** -25;
const COEFFICIENTS = [
  0.00019761724979616702, 0.0013932321453467011, 0.008333546109497547, 0.04166649281978607,
  0.1666666567325592, 0.5,
];

/** The formula of `exponentialMinusOne` on any lanes. */
export function exponentialMinusOneFormula<F, I, M>(lanes: Lanes<F, I, M>, x: F): F {
  const bounded = lanes.min(lanes.max(x, lanes.f32(LOWEST)), lanes.f32(HIGHEST));
  const n = roundToInteger(lanes, lanes.multiply(bounded, lanes.f32(LOG2_E)));
  const high = lanes.subtract(bounded, lanes.multiply(n.float, lanes.f32(LN2_HIGH)));
  const low = lanes.multiply(n.float, lanes.f32(LN2_LOW));
  const r = lanes.subtract(high, low);
  const c = lanes.subtract(lanes.subtract(high, r), low);

  const q = polynomial(lanes, r, COEFFICIENTS);
  // r^2 q + c (1 + r)
  const rest = lanes.add(lanes.multiply(lanes.add(lanes.multiply(r, q), c), r), c);
  const half = powerOfTwo(lanes, lanes.subtractI32(n.int, lanes.i32(1)));
  const main = twoSum(lanes, lanes.subtract(half, lanes.f32(0.5)), lanes.multiply(half, r));
  const halved = lanes.add(main.high, lanes.add(main.low, lanes.multiply(half, rest)));

  const isTiny = lanes.less(lanes.abs(x), lanes.f32(TINY));
  return lanes.select(isTiny, x, lanes.add(halved, halved));
}

/** e^x - 1. Keeps -0; -inf gives -1, inf gives inf, NaN gives NaN. */
export function exponentialMinusOne(x: number): number {
  return exponentialMinusOneFormula(numberLanes, x);
}
