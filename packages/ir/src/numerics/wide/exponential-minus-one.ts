// e^x - 1 on f64, accurate near 0. Method and coefficients: FDLIBM, `s_expm1.c` (Sun Microsystems, 1993), whose error is
// below 1 ulp: x = k ln 2 + r + c, and e^r - 1 by a rational function of r.

import { powerOfTwoWide } from "./bits.ts";
import { LN2_HIGH_WIDE, LN2_LOW_WIDE } from "./log.ts";

/** Below, e^x - 1 rounds to -1; above, to infinity. */
const LOWEST = -40;
const HIGHEST = 709.782712893384;
const Q1 = -0.03333333333333313;
const Q2 = 0.0015873015872548146;
const Q3 = -7.93650757867488e-5;
const Q4 = 4.008217827329362e-6;
const Q5 = -2.0109921818362437e-7;

/** e^x - 1 in f64. -inf gives -1, inf gives inf, NaN gives NaN. */
export function exponentialMinusOneWide(x: number): number {
  if (x < LOWEST) return -1;
  if (x > HIGHEST) return Number.POSITIVE_INFINITY;
  if (Number.isNaN(x) || Math.abs(x) < 2 ** -54) return x;
  // Half way away from 0, which is the same on every engine.
  const k = Math.abs(x) <= 0.34657359027997264 ? 0 : Math.trunc(x * Math.LOG2E + (x < 0 ? -0.5 : 0.5));
  const high = x - k * LN2_HIGH_WIDE;
  const low = k * LN2_LOW_WIDE;
  const r = high - low;
  const c = high - r - low;

  const half = 0.5 * r;
  const square = r * half;
  const r1 = 1 + square * (Q1 + square * (Q2 + square * (Q3 + square * (Q4 + square * Q5))));
  const t = 3 - r1 * half;
  const quotient = square * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * quotient - square);
  const e = r * (quotient - c) - c - square;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k < 0 || k > 56) {
    const y = r - e + 1;
    return (k === 1024 ? y * 2 * 2 ** 1023 : y * powerOfTwoWide(k)) - 1;
  }
  const tiny = powerOfTwoWide(-k);
  return (k < 20 ? r - e + (1 - tiny) : r - (e + tiny) + 1) * powerOfTwoWide(k);
}
