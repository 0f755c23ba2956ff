// x^y on f32, as 2^(y log2|x|). The exponent reaches 150, so its error is amplified: log2|x| and the product
// with y are held in double-f32. With |x| = 2^k m, m in [sqrt(1/2), sqrt(2)), s = (m - 1) / (m + 1):
// log2 m = s (C1 + t (C3 + t p(t))), t = s^2, C1 = 2 / ln 2, C3 = C1 / 3, p of degree 2 (relative error
// 2^-36.8). Then 2^r = 1 + r q(r) for |r| <= 1/2, q of degree 5 (2^-28.3). The special cases are
// those of C99, annex F.9.4.4.
// Largest error found: 1.17 ulp (16 million pairs, most of them with results of all sizes).

import { type DoubleF32, fastTwoSum, multiplyDouble, twoProduct } from "./double-f32.ts";
import type { Lanes } from "./lanes.ts";
import { numberLanes } from "./number-lanes.ts";
import {
  INFINITY,
  NOT_A_NUMBER,
  polynomial,
  roundToInteger,
  scaleByPowerOfTwo,
  splitPositive,
  withSignOf,
} from "./steps.ts";

const C1: DoubleF32<number> = { high: 2.885390043258667, low: 3.851926067000022e-8 };
const C3: DoubleF32<number> = { high: 0.9617967009544373, low: -7.028461812552678e-9 };
const LOG_COEFFICIENTS = [0.3378220498561859, 0.41184988617897034, 0.5770801901817322];
const POWER_COEFFICIENTS = [
  0.00015328907466027886, 0.0013390976237133145, 0.009618500247597694, 0.05550359562039375,
  0.24022647738456726, 0.6931471824645996,
];
/** |log2 x| is 0 or above 2^-24, so that a larger |y| than this changes nothing. */
const LARGEST_Y = 2 ** 34;
/** 2^e rounds to 0 below the first and to infinity above the second. */
const LOWEST = -151;
const HIGHEST = 129;

/** constant + x, for |x| < constant.high. */
function addToConstant<F, I, M>(lanes: Lanes<F, I, M>, constant: DoubleF32<number>, x: F): DoubleF32<F> {
  const { high, low } = fastTwoSum(lanes, lanes.f32(constant.high), x);
  return { high, low: lanes.add(low, lanes.f32(constant.low)) };
}

/** log2(x) for finite x > 0, with a relative error of about 2^-36. */
function log2<F, I, M>(lanes: Lanes<F, I, M>, x: F): DoubleF32<F> {
  const { exponent, fraction } = splitPositive(lanes, x);
  const one = lanes.f32(1);
  const f = lanes.subtract(fraction, one);
  // fraction + 1, exactly: high + low.
  const high = lanes.add(fraction, one);
  const low = lanes.subtract(fraction, lanes.subtract(high, one));

  const quotient = lanes.divide(f, high);
  const back = twoProduct(lanes, quotient, high);
  const remainder = lanes.subtract(
    lanes.subtract(lanes.subtract(f, back.high), back.low),
    lanes.multiply(quotient, low),
  );
  const s = { high: quotient, low: lanes.divide(remainder, high) };
  const t = multiplyDouble(lanes, s, s);
  const p = lanes.multiply(t.high, polynomial(lanes, t.high, LOG_COEFFICIENTS));
  const inner = multiplyDouble(lanes, t, addToConstant(lanes, C3, p));
  const outer = addToConstant(lanes, C1, inner.high);
  const fractional = multiplyDouble(lanes, s, { high: outer.high, low: lanes.add(outer.low, inner.low) });

  const sum = fastTwoSum(lanes, exponent, fractional.high);
  return fastTwoSum(lanes, sum.high, lanes.add(sum.low, fractional.low));
}

/** |x|^y for finite x != 0. */
function powerOfMagnitude<F, I, M>(lanes: Lanes<F, I, M>, size: F, y: F): F {
  const log = log2(lanes, size);
  const bounded = lanes.min(lanes.max(y, lanes.f32(-LARGEST_Y)), lanes.f32(LARGEST_Y));
  const product = twoProduct(lanes, log.high, bounded);
  const low = lanes.add(product.low, lanes.multiply(log.low, bounded));

  const e = lanes.min(lanes.max(product.high, lanes.f32(LOWEST)), lanes.f32(HIGHEST));
  const isBounded = lanes.equal(e, product.high);
  const n = roundToInteger(lanes, e);
  const r = lanes.add(lanes.subtract(e, n.float), lanes.select(isBounded, low, lanes.f32(0)));
  const q = polynomial(lanes, r, POWER_COEFFICIENTS);
  return scaleByPowerOfTwo(lanes, lanes.add(lanes.f32(1), lanes.multiply(r, q)), n.int);
}

/** The formula of `power` on any lanes. */
export function powerFormula<F, I, M>(lanes: Lanes<F, I, M>, x: F, y: F): F {
  const zero = lanes.f32(0);
  const one = lanes.f32(1);
  const infinity = lanes.f32(INFINITY);
  const size = lanes.abs(x);

  // The size of the result.
  const risesWithSize = lanes.less(zero, y);
  const ofZero = lanes.select(risesWithSize, zero, infinity);
  const ofInfinity = lanes.select(risesWithSize, infinity, zero);
  const isInfinite = lanes.equal(size, infinity);
  const finite = lanes.select(lanes.equal(size, zero), ofZero, powerOfMagnitude(lanes, size, y));
  const magnitude = lanes.select(isInfinite, ofInfinity, finite);

  // Its sign: that of x where y is an odd integer. Large |y| are even integers.
  const isInteger = lanes.equal(lanes.floor(y), y);
  const half = lanes.multiply(y, lanes.f32(0.5));
  const isOdd = lanes.and(isInteger, lanes.not(lanes.equal(lanes.floor(half), half)));
  const signed = lanes.select(isOdd, withSignOf(lanes, magnitude, x), magnitude);

  // No real result: a finite x < 0 with a y that is no integer.
  const isComplex = lanes.and(lanes.and(lanes.less(x, zero), lanes.not(isInteger)), lanes.not(isInfinite));
  const isOrdered = lanes.and(lanes.equal(x, x), lanes.equal(y, y));
  const isUndefined = lanes.or(isComplex, lanes.not(isOrdered));
  const isOne = lanes.or(lanes.equal(x, one), lanes.equal(y, zero));
  return lanes.select(isOne, one, lanes.select(isUndefined, lanes.f32(NOT_A_NUMBER), signed));
}

/**
 * x^y. As in C99: x^0 = 1 and 1^y = 1 even for NaN; a finite x < 0 needs an integer y, else NaN; the sign of
 * a zero or infinite x shows only where y is an odd integer; (-1)^(+-inf) = 1.
 */
export function power(x: number, y: number): number {
  return powerFormula(numberLanes, x, y);
}
