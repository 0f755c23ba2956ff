// tanh(x) on f32. Method: for |x| < 0.625, x + x^3 p(x^2), p of degree 4 fitted to the least maximum relative
// error (2^-27.7); else 1 - 2 / (e^(2|x|) + 1), where an error of e^(2|x|) is at most a half of the result's.
// Both are computed and one is selected; the sign is put on last.
// Largest error found: 1.34 ulp (all inputs of size 1/8 to 16; elsewhere every 87th).

import { exponentialInRange } from "./exponential.ts";
import type { Lanes } from "./lanes.ts";
import { numberLanes } from "./number-lanes.ts";
import { polynomial, withSignOf } from "./steps.ts";

const SMALL = 0.625;
/** From here on, tanh(x) rounds to 1. */
const LARGE = 10;
const COEFFICIENTS = [
  -0.005696253385394812, 0.020630862563848495, -0.053737059235572815, 0.1333140879869461, -0.3333328068256378,
];

/** The formula of `tanh` on any lanes. */
export function tanhFormula<F, I, M>(lanes: Lanes<F, I, M>, x: F): F {
  const size = lanes.abs(x);
  const square = lanes.multiply(size, size);
  const p = lanes.multiply(square, polynomial(lanes, square, COEFFICIENTS));
  const small = lanes.add(size, lanes.multiply(size, p));

  const bounded = lanes.min(size, lanes.f32(LARGE));
  const exponential = exponentialInRange(lanes, lanes.add(bounded, bounded));
  const one = lanes.f32(1);
  const large = lanes.subtract(one, lanes.divide(lanes.f32(2), lanes.add(exponential, one)));

  return withSignOf(lanes, lanes.select(lanes.less(size, lanes.f32(SMALL)), small, large), x);
}

/** The hyperbolic tangent. Keeps -0; +-inf gives +-1, NaN gives NaN. */
export function tanh(x: number): number {
  return tanhFormula(numberLanes, x);
}
