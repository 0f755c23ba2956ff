// The steps that the elementary functions share, written on `lanes.ts`: polynomials, rounding to an
// integer, and taking the exponent of an f32 apart and putting it on again.

import { SMALLEST_NORMAL_FLOAT32 } from "./float32.ts";
import type { Lanes } from "./lanes.ts";

// Constants here, because naming the globals costs a look-up on every call in some hosts (`number-lanes.ts`).
export const INFINITY = Infinity;
export const NOT_A_NUMBER = NaN;

/** 1.5 * 2^23: where the spacing of f32 is 1, so that adding it rounds to an integer, ties to even. */
const ROUNDER = 12582912;
const ROUNDER_BITS = 0x4b400000;
const SQRT_HALF_BITS = 0x3f3504f3;
const FRACTION_MASK = 0x007fffff;
const SIGN_MASK = -0x80000000;
const TWO_TO_25 = 2 ** 25;

/** c[0] x^n + c[1] x^(n-1) + ... + c[n] by Horner's rule. */
export function polynomial<F, I, M>(lanes: Lanes<F, I, M>, x: F, coefficients: readonly number[]): F {
  let sum = lanes.f32(coefficients[0] ?? 0);
  for (let index = 1; index < coefficients.length; index++) {
    sum = lanes.add(lanes.multiply(sum, x), lanes.f32(coefficients[index] ?? 0));
  }
  return sum;
}

/** The integer nearest to x, as f32 and as i32. For |x| < 2^22. */
export function roundToInteger<F, I, M>(lanes: Lanes<F, I, M>, x: F): { float: F; int: I } {
  const shifted = lanes.add(x, lanes.f32(ROUNDER));
  return {
    float: lanes.subtract(shifted, lanes.f32(ROUNDER)),
    int: lanes.subtractI32(lanes.toBits(shifted), lanes.i32(ROUNDER_BITS)),
  };
}

/** 2^n, for -126 <= n <= 127; n = -127 gives 0 and n = 128 gives infinity. */
export function powerOfTwo<F, I, M>(lanes: Lanes<F, I, M>, n: I): F {
  return lanes.fromBits(lanes.shiftLeft(lanes.addI32(n, lanes.i32(127)), 23));
}

/**
 * x * 2^n for x in [0.5, 2) and -252 <= n <= 254, rounded once: to infinity where it is too large, and
 * with gradual underflow. One multiplication would need 2^n to be an f32 itself.
 */
export function scaleByPowerOfTwo<F, I, M>(lanes: Lanes<F, I, M>, x: F, n: I): F {
  const half = lanes.shiftRight(n, 1);
  const first = lanes.multiply(x, powerOfTwo(lanes, half));
  return lanes.multiply(first, powerOfTwo(lanes, lanes.subtractI32(n, half)));
}

/** x = 2^exponent * fraction with fraction in [sqrt(1/2), sqrt(2)), for finite x > 0, not subnormal. */
export function splitNormal<F, I, M>(lanes: Lanes<F, I, M>, x: F): { exponent: I; fraction: F } {
  const offset = lanes.subtractI32(lanes.toBits(x), lanes.i32(SQRT_HALF_BITS));
  const fractionBits = lanes.andI32(offset, lanes.i32(FRACTION_MASK));
  return {
    exponent: lanes.shiftRight(offset, 23),
    fraction: lanes.fromBits(lanes.addI32(fractionBits, lanes.i32(SQRT_HALF_BITS))),
  };
}

/** As `splitNormal`, with the exponent as f32, for every finite x > 0. */
export function splitPositive<F, I, M>(lanes: Lanes<F, I, M>, x: F): { exponent: F; fraction: F } {
  const isSubnormal = lanes.less(x, lanes.f32(SMALLEST_NORMAL_FLOAT32));
  const normal = lanes.select(isSubnormal, lanes.multiply(x, lanes.f32(TWO_TO_25)), x);
  const { exponent, fraction } = splitNormal(lanes, normal);
  const correction = lanes.select(isSubnormal, lanes.f32(-25), lanes.f32(0));
  return { exponent: lanes.add(lanes.toF32(exponent), correction), fraction };
}

/** `magnitude`, which must be >= 0 or NaN, with the sign bit of `sign`. */
export function withSignOf<F, I, M>(lanes: Lanes<F, I, M>, magnitude: F, sign: F): F {
  const signBit = lanes.andI32(lanes.toBits(sign), lanes.i32(SIGN_MASK));
  return lanes.fromBits(lanes.orI32(lanes.toBits(magnitude), signBit));
}
