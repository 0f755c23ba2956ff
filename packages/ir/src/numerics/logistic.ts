// The logistic function 1 / (1 + e^-x) on f32. Method: with e = e^-|x|, which cannot overflow, and
// s = e / (1 + e), the result is 1 - s for x >= 0 and s for x < 0, there computed as e - e s: the sum 1 + e
// is rounded, and so its error counts only as much as the small term does.
// Largest error found: 1.87 ulp for x < 0, 1.19 for x > 0 (all of size 1/8 to 128; elsewhere every 87th).

import { exponentialFormula } from "./exponential.ts";
import type { Lanes } from "./lanes.ts";
import { numberLanes } from "./number-lanes.ts";

/** The formula of `logistic` on any lanes. */
export function logisticFormula<F, I, M>(lanes: Lanes<F, I, M>, x: F): F {
  const one = lanes.f32(1);
  const e = exponentialFormula(lanes, lanes.negate(lanes.abs(x)));
  const s = lanes.divide(e, lanes.add(one, e));
  const base = lanes.select(lanes.less(x, lanes.f32(0)), e, one);
  return lanes.subtract(base, lanes.multiply(base, s));
}

/** 1 / (1 + e^-x). -inf gives 0, inf gives 1, NaN gives NaN. */
export function logistic(x: number): number {
  return logisticFormula(numberLanes, x);
}
