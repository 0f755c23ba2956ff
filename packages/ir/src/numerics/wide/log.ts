// ln(x) and ln(1 + x) on f64, for what is learned and encoded outside of the network: the engine's own differ in their
// last bits. Method and coefficients: FDLIBM, `e_log.c` and `s_log1p.c` (Sun Microsystems, 1993), whose error is below
// 1 ulp: x = 2^k (1 + f), s = f / (2 + f), ln(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)).

import { splitWide } from "./bits.ts";

export const LN2_HIGH_WIDE = 0.6931471803691238;
export const LN2_LOW_WIDE = 1.9082149292705877e-10;
const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

/** For who prints the function instead of calling it. */
export const LOG_WIDE_SERIES = { even: [L2, L4, L6], odd: [L1, L3, L5, L7] } as const;

/** k ln 2 + ln(1 + f) + c, for a small c. */
function ofParts(k: number, f: number, c: number): number {
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  return s * (half + (odd + even)) + (k * LN2_LOW_WIDE + c) - half + f + k * LN2_HIGH_WIDE;
}

/** ln(x) in f64. 0 gives -inf, x < 0 gives NaN, inf gives inf, NaN gives NaN. */
export function logWide(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const { exponent, fraction } = splitWide(x);
  return ofParts(exponent, fraction - 1, 0);
}

/** ln(1 + x) in f64, accurate near 0. -1 gives -inf, x < -1 gives NaN, inf gives inf, NaN gives NaN. */
export function logPlusOneWide(x: number): number {
  if (x === -1) return Number.NEGATIVE_INFINITY;
  if (!(x > -1)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY || Math.abs(x) < 2 ** -54) return x;
  const sum = 1 + x;
  const { exponent, fraction } = splitWide(sum);
  if (exponent === 0) return ofParts(0, x, 0);
  // What rounding 1 + x loses.
  const lost = exponent >= 54 ? 0 : exponent >= 2 ? 1 - (sum - x) : x - (sum - 1);
  return ofParts(exponent, fraction - 1, lost / sum);
}
