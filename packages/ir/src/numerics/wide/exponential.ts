// e^x on f64, for what is computed outside of the network: x = k ln 2 + r, and e^r by e^r - 1, which is below 1 ulp.

import { powerOfTwoWide } from "./bits.ts";
import { exponentialMinusOneWide } from "./exponential-minus-one.ts";
import { LN2_HIGH_WIDE, LN2_LOW_WIDE } from "./log.ts";

/** Below, the result would be no normal number, and is 0; above, it is infinite. */
const LOWEST = -708;
const HIGHEST = 709;

/** e^x in f64. -inf gives 0, inf gives inf, NaN gives NaN. */
export function exponentialWide(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < LOWEST) return 0;
  if (x > HIGHEST) return Number.POSITIVE_INFINITY;
  // Half way away from 0, which is the same on every engine.
  const k = Math.trunc(x * Math.LOG2E + (x < 0 ? -0.5 : 0.5));
  const r = x - k * LN2_HIGH_WIDE - k * LN2_LOW_WIDE;
  return (1 + exponentialMinusOneWide(r)) * powerOfTwoWide(k);
}
