// 1 / sqrt(x) on f32: two operations that are both rounded correctly everywhere. (The fast estimates of
// processors differ from one to another, and are never used.)
// Largest error found: 1.50 ulp (all inputs from 1 to 4 and all subnormals; elsewhere every 87th).

import type { Lanes } from "./lanes.ts";
import { numberLanes } from "./number-lanes.ts";

/** The formula of `rsqrt` on any lanes. */
export function rsqrtFormula<F, I, M>(lanes: Lanes<F, I, M>, x: F): F {
  return lanes.divide(lanes.f32(1), lanes.sqrt(x));
}

/** 1 / sqrt(x). +-0 gives +-inf, inf gives 0, x < 0 and NaN give NaN. */
export function rsqrt(x: number): number {
  return rsqrtFormula(numberLanes, x);
}
