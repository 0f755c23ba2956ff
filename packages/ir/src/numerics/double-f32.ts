// Double-f32 arithmetic: a number as the unevaluated sum of two f32, which holds about 48 bits. Used where
// f32 alone cannot reach the accuracy (`power.ts`, `exponential-minus-one.ts`, `log-plus-one.ts`).
// Sources: Knuth, TAOCP vol. 2, 4.2.2 (two-sum); Dekker, "A floating-point technique for extending the
// available precision", 1971 (fast two-sum, splitting after Veltkamp, exact product without fused
// multiply-add).

import type { Lanes } from "./lanes.ts";

/** The sum high + low, where low is at most about half a unit in the last place of high. */
export interface DoubleF32<F> {
  readonly high: F;
  readonly low: F;
}

/** 2^12 + 1, which cuts the 24 bits of an f32 into two times 12. */
const SPLITTER = 4097;

/** a + b, exactly. */
export function twoSum<F, I, M>(lanes: Lanes<F, I, M>, a: F, b: F): DoubleF32<F> {
  const high = lanes.add(a, b);
  const bPart = lanes.subtract(high, a);
  const aError = lanes.subtract(a, lanes.subtract(high, bPart));
  return { high, low: lanes.add(aError, lanes.subtract(b, bPart)) };
}

/** a + b, exactly, where |a| >= |b| or a = 0. */
export function fastTwoSum<F, I, M>(lanes: Lanes<F, I, M>, a: F, b: F): DoubleF32<F> {
  const high = lanes.add(a, b);
  return { high, low: lanes.subtract(b, lanes.subtract(high, a)) };
}

/** x as a sum of two f32 of 12 bits each, for |x| < 2^115. */
function split<F, I, M>(lanes: Lanes<F, I, M>, x: F): DoubleF32<F> {
  const spread = lanes.multiply(x, lanes.f32(SPLITTER));
  const high = lanes.subtract(spread, lanes.subtract(spread, x));
  return { high, low: lanes.subtract(x, high) };
}

/** a * b, exactly, where neither overflows and the product is above 2^-100 (or zero). */
export function twoProduct<F, I, M>(lanes: Lanes<F, I, M>, a: F, b: F): DoubleF32<F> {
  const high = lanes.multiply(a, b);
  const x = split(lanes, a);
  const y = split(lanes, b);
  let low = lanes.subtract(lanes.multiply(x.high, y.high), high);
  low = lanes.add(low, lanes.multiply(x.high, y.low));
  low = lanes.add(low, lanes.multiply(x.low, y.high));
  low = lanes.add(low, lanes.multiply(x.low, y.low));
  return { high, low };
}

/** a * b with a relative error of a few 2^-46. */
export function multiplyDouble<F, I, M>(
  lanes: Lanes<F, I, M>,
  a: DoubleF32<F>,
  b: DoubleF32<F>,
): DoubleF32<F> {
  const product = twoProduct(lanes, a.high, b.high);
  const cross = lanes.add(lanes.multiply(a.high, b.low), lanes.multiply(a.low, b.high));
  return { high: product.high, low: lanes.add(product.low, cross) };
}
