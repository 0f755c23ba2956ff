// a * b + c rounded once, held to whole numbers: all three are whole multiples of a power of two, whose exact result BigInt has.

import { expect, test } from "@jest/globals";
import { fusedMultiplyAdd } from "@netwright/ir/numerics";
import fc from "fast-check";

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

function f32(bits: number): number {
  word[0] = bits;
  return real[0] ?? 0;
}

/** mantissa * 2^exponent */
function apart(x: number): { readonly mantissa: bigint; readonly exponent: number } {
  real[0] = x;
  const bits = word[0] ?? 0;
  const field = (bits >>> 23) & 255;
  const fraction = bits & 0x7fffff;
  const size = BigInt(field === 0 ? fraction : fraction | 0x800000);
  return { mantissa: bits >>> 31 === 1 ? -size : size, exponent: Math.max(field, 1) - 150 };
}

/** The f32 nearest to n * 2^-298, ties to even. */
function nearest(n: bigint): number {
  const size = n < 0n ? -n : n;
  // An f32 has 24 digits, and none below 2^-149.
  const shift = BigInt(Math.max(149, size.toString(2).length - 24));
  const [whole, rest, half] = [size >> shift, size & ((1n << shift) - 1n), 1n << (shift - 1n)];
  const up = rest > half || (rest === half && whole % 2n === 1n);
  const rounded = Number(whole + (up ? 1n : 0n)) * 2 ** (Number(shift) - 298);
  return Math.fround(n < 0n ? -rounded : rounded);
}

function exactly(a: number, b: number, c: number): number {
  const [x, y, z] = [apart(a), apart(b), apart(c)];
  const product = (x.mantissa * y.mantissa) << BigInt(x.exponent + y.exponent + 298);
  return nearest(product + (z.mantissa << BigInt(z.exponent + 298)));
}

const anyF32 = fc
  .integer({ min: 0, max: 2 ** 32 - 1 })
  .map(f32)
  .filter(Number.isFinite);
/** Numbers of few digits meet in the middle often. */
const short = fc
  .tuple(
    fc.integer({ min: -40, max: 40 }),
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: -30, max: 30 }),
  )
  .map(([n, place, exponent]) => Math.fround((n + 2 ** place) * 2 ** exponent));

test.each([
  ["any", fc.tuple(anyF32, anyF32, anyF32)],
  ["of few digits", fc.tuple(short, short, short)],
  [
    "near the negative product",
    fc
      .tuple(short, short, fc.integer({ min: -3, max: 3 }))
      .map(([a, b, steps]): [number, number, number] => [a, b, -Math.fround(a * b) * (1 + steps * 2 ** -24)]),
  ],
])("numbers %s", (_, numbers) => {
  fc.assert(
    fc.property(numbers, ([a, b, given]) => {
      const c = Math.fround(given);
      fc.pre(Number.isFinite(c));
      const found = fusedMultiplyAdd(a, b, c);
      // A zero has the sign that f64 gives it.
      expect(found === 0 ? 0 : found).toBe(exactly(a, b, c) === 0 ? 0 : exactly(a, b, c));
    }),
    { numRuns: 20_000, seed: 7 },
  );
});

const LARGEST = (2 - 2 ** -23) * 2 ** 127;

test.each<[number, number, number, number]>([
  // The product alone would be 1 + 2^-11, its last digit rounded away.
  [1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11), 2 ** -24],
  // In the middle between 1 and 1 + 2^-23 but for what f64 cannot hold beside it.
  [2 ** -12, 2 ** -12, 1, 1],
  [2 ** -12 * (1 + 2 ** -20), 2 ** -12 * (1 + 2 ** -20), 1, 1 + 2 ** -23],
  [2 ** -50, 2 ** -50, 2 ** -100, 2 ** -99],
  // The middle behind the largest number.
  [LARGEST, 1, 2 ** 103, Number.POSITIVE_INFINITY],
  [-LARGEST, 1, -(2 ** 103), Number.NEGATIVE_INFINITY],
  [2 ** -100, -(2 ** -30), LARGEST, LARGEST],
  [2 ** 64, 2 ** 64, -(2 ** 103) * (1 + 2 ** -23), LARGEST],
  [2 ** 64, 2 ** 64, -(2 ** 103), Number.POSITIVE_INFINITY],
  [2 ** 75, 2 ** 75, 0, Number.POSITIVE_INFINITY],
  // Half of the smallest number, and a little more.
  [2 ** -75, 2 ** -75, 0, 0],
  [2 ** -75, -(2 ** -75), -0, -0],
  [2 ** -75, 2 ** -75 * (1 + 2 ** -23), 0, 2 ** -149],
  [0, -1, -0, -0],
  [0, -1, 0, 0],
  [Infinity, 0, 1, NaN],
  [Infinity, 1, -Infinity, NaN],
  [3, 4, NaN, NaN],
])("%d * %d + %d = %d", (a, b, c, result) => {
  expect(fusedMultiplyAdd(a, b, c)).toBe(result);
});
