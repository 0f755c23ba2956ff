// The error function on f32. Method: for |x| < 1, x + x p(x^2), p of degree 6; else 1 - e^g(|x|), where g of
// degree 6 stands for ln(erfc(x)) on [1, 4]; beyond 3.84, erf rounds to 1. Both polynomials are fitted to
// the least maximum relative error of erf (2^-29.4, 2^-29.8). Both are computed and one is selected; the
// sign is put on last.
// Largest error found: 1.36 ulp (all inputs of size 1/8 to 4; elsewhere every 87th).

import { exponentialInRange } from "./exponential.ts";
import type { Lanes } from "./lanes.ts";
import { numberLanes } from "./number-lanes.ts";
import { polynomial, withSignOf } from "./steps.ts";

const SMALL = 1;
const LARGE = 4;
/** The last is 2 / sqrt(pi) - 1. */
const SMALL_COEFFICIENTS = [
  7.806903886375949e-5, -0.0007997853099368513, 0.005187162198126316, -0.026853347197175026,
  0.11283578723669052, -0.3761262595653534, 0.12837916612625122,
];
const LARGE_COEFFICIENTS = [
  0.00018556627037469298, -0.0029395490419119596, 0.021805154159665108, -0.10303715616464615,
  -0.638225793838501, -1.1270400285720825, -0.00035370929981581867,
];

/** The formula of `erf` on any lanes. */
export function erfFormula<F, I, M>(lanes: Lanes<F, I, M>, x: F): F {
  const size = lanes.abs(x);
  const p = polynomial(lanes, lanes.multiply(size, size), SMALL_COEFFICIENTS);
  const small = lanes.add(size, lanes.multiply(size, p));

  const bounded = lanes.min(size, lanes.f32(LARGE));
  const complement = exponentialInRange(lanes, polynomial(lanes, bounded, LARGE_COEFFICIENTS));
  const large = lanes.subtract(lanes.f32(1), complement);

  return withSignOf(lanes, lanes.select(lanes.less(size, lanes.f32(SMALL)), small, large), x);
}

/** The error function, 2/sqrt(pi) times the integral of e^-t^2 from 0 to x. Keeps -0; +-inf gives +-1. */
export function erf(x: number): number {
  return erfFormula(numberLanes, x);
}
