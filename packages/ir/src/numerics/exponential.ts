// exp(x) on f32. Method: x = n ln 2 + r with |r| <= ln(2)/2 (Cody and Waite, "Software Manual for the
// Elementary Functions", 1980); e^r = 1 + (r + r^2 q(r)), q of degree 4 fitted to the least maximum
// relative error of e^r (2^-28.2); then 2^n is put on in two factors, so that results below 2^-126 underflow
// gradually.
// Largest error found: 0.99 ulp (all inputs of size 1/8 to 128; elsewhere every 87th).

import type { Lanes } from "./lanes.ts";
import { numberLanes } from "./number-lanes.ts";
import { polynomial, powerOfTwo, roundToInteger, scaleByPowerOfTwo } from "./steps.ts";

export const LOG2_E = 1.4426950216293335;
/** ln 2 = LN2_HIGH + LN2_LOW; LN2_HIGH has 15 bits, so its product with any exponent is exact. */
export const LN2_HIGH = 0.693145751953125;
export const LN2_LOW = 1.428606765330187e-6;
/** Below, e^x rounds to 0; above, to infinity. */
const LOWEST = -104;
const HIGHEST = 89;
const COEFFICIENTS = [
  0.0013820999301970005, 0.00836867094039917, 0.04166826233267784, 0.1666652113199234, 0.4999999403953552,
];

/** e^x = 2^exponent * fraction, fraction in about [0.7, 1.42], for |x| < 2^20. */
function exponentialParts<F, I, M>(lanes: Lanes<F, I, M>, x: F): { exponent: I; fraction: F } {
  const n = roundToInteger(lanes, lanes.multiply(x, lanes.f32(LOG2_E)));
  const high = lanes.subtract(x, lanes.multiply(n.float, lanes.f32(LN2_HIGH)));
  const r = lanes.subtract(high, lanes.multiply(n.float, lanes.f32(LN2_LOW)));
  const square = lanes.multiply(lanes.multiply(r, r), polynomial(lanes, r, COEFFICIENTS));
  return { exponent: n.int, fraction: lanes.add(lanes.f32(1), lanes.add(r, square)) };
}

/** e^x for x in [-87, 88] or NaN, where neither overflow nor underflow has to be looked at. */
export function exponentialInRange<F, I, M>(lanes: Lanes<F, I, M>, x: F): F {
  const { exponent, fraction } = exponentialParts(lanes, x);
  return lanes.multiply(fraction, powerOfTwo(lanes, exponent));
}

/** The formula of `exponential` on any lanes. */
export function exponentialFormula<F, I, M>(lanes: Lanes<F, I, M>, x: F): F {
  const bounded = lanes.min(lanes.max(x, lanes.f32(LOWEST)), lanes.f32(HIGHEST));
  const { exponent, fraction } = exponentialParts(lanes, bounded);
  return scaleByPowerOfTwo(lanes, fraction, exponent);
}

/** e^x. exp(-inf) = 0, exp(inf) = inf, exp(NaN) = NaN. */
export function exponential(x: number): number {
  return exponentialFormula(numberLanes, x);
}
