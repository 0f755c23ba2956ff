// ln(x) on f32. Method: x = 2^k m with m in [sqrt(1/2), sqrt(2)), f = m - 1 (exact), and
// ln(x) = k ln 2 + f - f^2/2 + f^3 q(f), added from the smallest to the largest; q of degree 8, fitted to
// the least maximum relative error of ln(1 + f) (2^-30.3). ln 2 is split as in `exponential.ts`.
// Largest error found: 0.83 ulp (all inputs from 1/4 to 4; elsewhere every 87th).

import { LN2_HIGH, LN2_LOW } from "./exponential.ts";
import type { Lanes } from "./lanes.ts";
import { numberLanes } from "./number-lanes.ts";
import { INFINITY, NOT_A_NUMBER, polynomial, splitPositive } from "./steps.ts";

const COEFFICIENTS = [
  0.06749556213617325, -0.11670192331075668, 0.11883470416069031, -0.12406207621097565, 0.14220362901687622,
  -0.16667990386486053, 0.2000207155942917, -0.25000008940696716, 0.3333331346511841,
];

/** k ln 2 + ln(1 + f), for integer |k| <= 150 and f in [-0.293, 0.415]. */
export function logOfParts<F, I, M>(lanes: Lanes<F, I, M>, k: F, f: F): F {
  const square = lanes.multiply(f, f);
  const cubic = lanes.multiply(lanes.multiply(f, square), polynomial(lanes, f, COEFFICIENTS));
  const small = lanes.add(cubic, lanes.multiply(k, lanes.f32(LN2_LOW)));
  const medium = lanes.subtract(lanes.multiply(square, lanes.f32(0.5)), small);
  return lanes.add(lanes.multiply(k, lanes.f32(LN2_HIGH)), lanes.subtract(f, medium));
}

/** The formula of `log` on any lanes. */
export function logFormula<F, I, M>(lanes: Lanes<F, I, M>, x: F): F {
  const { exponent, fraction } = splitPositive(lanes, x);
  const finite = logOfParts(lanes, exponent, lanes.subtract(fraction, lanes.f32(1)));

  const zero = lanes.f32(0);
  // x itself where it is inf or NaN.
  const positive = lanes.select(lanes.less(x, lanes.f32(INFINITY)), finite, x);
  const notNegative = lanes.select(lanes.equal(x, zero), lanes.f32(-INFINITY), positive);
  return lanes.select(lanes.less(x, zero), lanes.f32(NOT_A_NUMBER), notNegative);
}

/** The natural logarithm. log(+-0) = -inf, log(x < 0) = NaN, log(inf) = inf, log(NaN) = NaN. */
export function log(x: number): number {
  return logFormula(numberLanes, x);
}
