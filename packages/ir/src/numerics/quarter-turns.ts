// |x| on f32 as n quarter turns and a rest, |rest| <= pi/4, for every finite x: what sine and cosine begin with.
// Method: Payne and Hanek, "Radian reduction for trigonometric functions", 1983. With |x| = m 2^e, m an integer of 24
// bits, only 96 bits of 2/pi matter to the fraction of |x| 2/pi and to n mod 4; where they begin depends on e. All is
// done in integers of 12 bits, so that products and their sums are exact in i32.

import { type DoubleF32, fastTwoSum, multiplyDouble, twoSum } from "./double-f32.ts";
import type { Lanes } from "./lanes.ts";
import { powerOfTwo, roundToInteger } from "./steps.ts";

const LIMB = 12;
const LIMB_MASK = 0xfff;
/** 2/pi = the sum of TWO_OVER_PI[i] 2^(-12 (i + 1)). */
const TWO_OVER_PI = [
  2607, 2435, 1764, 3652, 338, 2556, 629, 2001, 3923, 1245, 3085, 2914, 2393, 2364, 1081, 65, 4069, 355,
];
const HALF_PI: DoubleF32<number> = { high: 1.5707963705062866, low: -4.371138828673793e-8 };
/** Up to here x is its own rest. */
const QUARTER_PI = 0.7853981852531433;

/** Digits of the product: one before the point, and so many that the fraction is right to 2^-70. */
const COLUMNS = 8;
/** Limbs of m, shifted up by less than one limb. */
const LIMBS_OF_M = 3;
const WINDOW = COLUMNS + LIMBS_OF_M - 1;
/** Exponents of 24-bit integers begin 36 below 0, so that the first window begins four limbs before the point. */
const LOWEST_EXPONENT = -36;
const LIMBS_BEFORE = 4;

const FRACTION_BITS = 0x007fffff;
const HIDDEN_BIT = 0x00800000;

export interface QuarterTurns<F, I> {
  /** Modulo 4. */
  readonly count: I;
  readonly rest: DoubleF32<F>;
}

function selectI32<F, I, M>(lanes: Lanes<F, I, M>, condition: M, yes: I, no: I): I {
  return lanes.toBits(lanes.select(condition, lanes.fromBits(yes), lanes.fromBits(no)));
}

/** The limbs of 2/pi from `first` on, `first` counted from four zero limbs before the point, 0 to 15. */
function windowFrom<F, I, M>(lanes: Lanes<F, I, M>, first: I): readonly I[] {
  let limbs = Array.from({ length: WINDOW + 15 }, (_, i) => lanes.i32(TWO_OVER_PI[i - LIMBS_BEFORE] ?? 0));
  for (const bit of [8, 4, 2, 1]) {
    const isSet = lanes.less(lanes.f32(0), lanes.toF32(lanes.andI32(first, lanes.i32(bit))));
    const kept = limbs.length - bit;
    limbs = limbs.slice(0, kept).map((limb, i) => selectI32(lanes, isSet, limbs[i + bit] ?? limb, limb));
  }
  return limbs;
}

/** An integer of 24 bits shifted up by less than a limb, in limbs, the lowest first. */
function limbsOf<F, I, M>(lanes: Lanes<F, I, M>, integer: F, shift: I): readonly I[] {
  let rest = lanes.multiply(integer, powerOfTwo(lanes, shift));
  const limbs: I[] = [];
  for (const exponent of [2 * LIMB, LIMB, 0]) {
    const limb = lanes.floor(lanes.multiply(rest, lanes.f32(2 ** -exponent)));
    rest = lanes.subtract(rest, lanes.multiply(limb, lanes.f32(2 ** exponent)));
    limbs.unshift(roundToInteger(lanes, limb).int);
  }
  return limbs;
}

/** Digits of 12 bits of m w, the one before the point first; what is beyond it is left out. */
function digitsOf<F, I, M>(lanes: Lanes<F, I, M>, m: readonly I[], window: readonly I[]): readonly I[] {
  const digits: I[] = [];
  let carry = lanes.i32(0);
  for (let column = COLUMNS - 1; column >= 0; column--) {
    const sum = m.reduce((total, limb, j) => {
      const other = window[column + j];
      return other === undefined ? total : lanes.addI32(total, lanes.multiplyI32(limb, other));
    }, carry);
    digits.unshift(lanes.andI32(sum, lanes.i32(LIMB_MASK)));
    carry = lanes.shiftRight(sum, LIMB);
  }
  return digits;
}

/** `size` is |x|; where it is not finite the rest is any number. */
export function quarterTurns<F, I, M>(lanes: Lanes<F, I, M>, size: F): QuarterTurns<F, I> {
  const bits = lanes.toBits(size);
  const fraction = lanes.orI32(lanes.andI32(bits, lanes.i32(FRACTION_BITS)), lanes.i32(HIDDEN_BIT));
  // size = fraction 2^(exponent + LOWEST_EXPONENT); exponents below stand for a size that is its own rest.
  const biased = lanes.subtractI32(lanes.shiftRight(bits, 23), lanes.i32(150 + LOWEST_EXPONENT));
  const exponent = lanes.max(lanes.toF32(biased), lanes.f32(0));
  const limbs = lanes.floor(
    lanes.multiply(lanes.add(exponent, lanes.f32(0.5)), lanes.f32(Math.fround(1 / LIMB))),
  );
  const shift = lanes.subtract(exponent, lanes.multiply(limbs, lanes.f32(LIMB)));

  const window = windowFrom(lanes, roundToInteger(lanes, limbs).int);
  const m = limbsOf(lanes, lanes.toF32(fraction), roundToInteger(lanes, shift).int);
  const [whole = lanes.i32(0), ...digits] = digitsOf(lanes, m, window);
  // A fraction from a half on is one turn more, less what is missing to it.
  const [first = lanes.i32(0), second = lanes.i32(0), ...others] = digits;
  const up = lanes.shiftRight(first, LIMB - 1);
  const signedFirst = lanes.subtractI32(first, lanes.shiftLeft(up, LIMB));
  const pair = (high: I, low: I, exponent: number): F =>
    lanes.multiply(
      lanes.toF32(lanes.addI32(lanes.shiftLeft(high, LIMB), low)),
      lanes.f32(2 ** (exponent - LIMB)),
    );
  const [third = lanes.i32(0), fourth = lanes.i32(0), fifth = lanes.i32(0), sixth = lanes.i32(0)] = others;
  const main = twoSum(lanes, pair(signedFirst, second, -LIMB), pair(third, fourth, -3 * LIMB));
  const turn = fastTwoSum(lanes, main.high, lanes.add(main.low, pair(fifth, sixth, -5 * LIMB)));
  const reduced = multiplyDouble(lanes, turn, {
    high: lanes.f32(HALF_PI.high),
    low: lanes.f32(HALF_PI.low),
  });
  const rest = fastTwoSum(lanes, reduced.high, reduced.low);

  const isOwnRest = lanes.less(size, lanes.f32(QUARTER_PI));
  const zero = lanes.i32(0);
  return {
    count: selectI32(lanes, isOwnRest, zero, lanes.andI32(lanes.addI32(whole, up), lanes.i32(3))),
    rest: {
      high: lanes.select(isOwnRest, size, rest.high),
      low: lanes.select(isOwnRest, lanes.f32(0), rest.low),
    },
  };
}
