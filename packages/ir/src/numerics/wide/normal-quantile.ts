// The quantile function of the standard normal distribution, and its inverse, on f64. Source: Wichura, "Algorithm AS 241:
// The percentage points of the normal distribution", 1988, PPND16, whose relative error is about 1e-16.

import { logWide } from "./log.ts";

/** Polynomials whose quotient is meant, from the highest power to the lowest. */
export type Rational = readonly [above: readonly number[], below: readonly number[]];

const CENTRE: Rational = [
  [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1,
  ],
];
const MIDDLE: Rational = [
  [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
];
const TAIL: Rational = [
  [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
  ],
];

/** How far from 1/2 shares are of the centre, and its square as the source has it. */
const NEAR_HALF = 0.425;
const NEAR_HALF_SQUARED = 0.180625;
/** What is taken from the root of the logarithm in the middle and in the tail, which begins there. */
const MIDDLE_FROM = 1.6;
const TAIL_FROM = 5;

/** For who prints the function instead of calling it. */
export const NORMAL_QUANTILE = {
  centre: CENTRE,
  middle: MIDDLE,
  tail: TAIL,
  nearHalf: NEAR_HALF,
  nearHalfSquared: NEAR_HALF_SQUARED,
  middleFrom: MIDDLE_FROM,
  tailFrom: TAIL_FROM,
} as const;

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

function rational([above, below]: Rational, x: number): number {
  return polynomial(above, x) / polynomial(below, x);
}

/** The z below which a share p of the standard normal distribution lies; 0 gives -inf, 1 gives inf. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const q = p - 0.5;
  if (Math.abs(q) <= NEAR_HALF) return q * rational(CENTRE, NEAR_HALF_SQUARED - q * q);
  const r = Math.sqrt(-logWide(q < 0 ? p : 1 - p));
  const size = r <= TAIL_FROM ? rational(MIDDLE, r - MIDDLE_FROM) : rational(TAIL, r - TAIL_FROM);
  return q < 0 ? -size : size;
}

/** The share p whose `normalQuantile` is z, found by halving: so that the two fit each other. 0 to 1, NaN for NaN. */
export function normalShare(z: number): number {
  if (Number.isNaN(z)) return z;
  if (z === Number.NEGATIVE_INFINITY) return 0;
  // In the lower half shares are as exact as they can be.
  if (z > 0) return 1 - normalShare(-z);
  let [low, high] = [0, 0.5];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (normalQuantile(middle) < z) low = middle;
    else high = middle;
  }
}
