// a * b + c on f32, rounded once: what `numerics: fused` makes of a product and its sum.
//
// In f64 the product is exact, 24 and 24 bits being at most 53. The sum is not, but its error is known (Knuth's two-sum), and the
// sum rounded to f32 is what the exact one gives, unless it lies in the middle between two f32: then the error decides.

import { LARGEST_FLOAT32 } from "./float32.ts";

// Looked up once: in a vm context, such as a test runner's, every look-up of a global is slow.
const { abs, fround } = Math;

/** From here on f64 becomes infinite as f32: the middle between the largest number and 2^128. */
const OVERFLOW = (2 - 2 ** -24) * 2 ** 127;

/** a * b + c for three f32, rounded to f32 once. */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const rounded = fround(sum);
  const left = sum - rounded;
  if (left === 0) return rounded;
  if (!(abs(left) <= LARGEST_FLOAT32))
    return abs(sum) === OVERFLOW ? overflown(sum, errorOf(product, c, sum)) : rounded;
  // The f32 on the other side, if the sum lies in the middle.
  const other = sum + left;
  if (fround(other) !== other) return rounded;
  const error = errorOf(product, c, sum);
  if (error === 0) return rounded;
  return error > 0 === other > rounded ? other : rounded;
}

/** Exactly what `sum` lacks to be product + c. */
function errorOf(product: number, c: number, sum: number): number {
  const back = sum - product;
  return product - (sum - back) + (c - back);
}

/** The middle is rounded away from 0; what is less is the largest number. */
function overflown(sum: number, error: number): number {
  if (sum > 0) return error < 0 ? LARGEST_FLOAT32 : Number.POSITIVE_INFINITY;
  return error > 0 ? -LARGEST_FLOAT32 : Number.NEGATIVE_INFINITY;
}
