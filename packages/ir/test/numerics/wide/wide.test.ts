// The functions of f64: against the engine's, which are off by an ulp or two, and values of SciPy.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  clipSmoothly,
  cosineOfTurns,
  exponentialMinusOneWide,
  exponentialWide,
  FARTHEST_CLIPPED,
  LARGEST_FLOAT32,
  LEAST_FRACTION_WIDE,
  logPlusOneWide,
  logWide,
  NEAREST_LIMIT,
  normalQuantile,
  normalShare,
  SMALLEST_NORMAL_FLOAT32,
  sineOfTurns,
  unclipSmoothly,
} from "../../../src/numerics/index.ts";
import { splitWide } from "../../../src/numerics/wide/bits.ts";

/** Within four times the spacing of f64. */
function expectClose(found: number, expected: number): void {
  if (Object.is(found, expected)) return;
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(
    4 * Number.EPSILON * Math.abs(expected) + 4 * Number.MIN_VALUE,
  );
}

const any = fc.double({ noNaN: true });
const moderate = fc.double({ min: -750, max: 750, noNaN: true });
const small = fc.double({ min: -2, max: 2, noNaN: true });

describe.each([
  ["logWide", logWide, Math.log, [0, -0, -1, Number.POSITIVE_INFINITY, Number.NaN, 5e-324, 1]],
  ["logPlusOneWide", logPlusOneWide, Math.log1p, [0, -1, -2, Number.POSITIVE_INFINITY, Number.NaN, 1e-300]],
  [
    "exponentialMinusOneWide",
    exponentialMinusOneWide,
    Math.expm1,
    [0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN, 709.7827, 709.79, -50],
  ],
] as const)("%s", (_, own, engines, special) => {
  test("is the engine's up to rounding", () => {
    for (const values of [any, moderate, small]) {
      fc.assert(
        fc.property(values, (x) => expectClose(own(x), engines(x))),
        { numRuns: 500 },
      );
    }
  });

  test.each(special)("of %d", (x) => expectClose(own(x), engines(x)));
});

test("exponentialWide is the engine's up to rounding, and 0 where that is no normal number", () => {
  const within = fc.double({ min: -708, max: 709, noNaN: true });
  fc.assert(
    fc.property(within, (x) => expectClose(exponentialWide(x), Math.exp(x))),
    { numRuns: 1000 },
  );
  const [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  expect([least, -709, 0, 710, most, Number.NaN].map(exponentialWide)).toEqual([
    ...[0, 0, 1, most, most, Number.NaN],
  ]);
});

test("normalQuantile is SciPy's `norm.ppf`", () => {
  const known = [
    [1e-300, -37.0470962993612],
    [1e-12, -7.034483825301132],
    [1e-7, -5.1993375821928165],
    [0.01, -2.3263478740408408],
    [0.07, -1.4757910281791706],
    [0.3, -0.5244005127080409],
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.9999, 3.719016485455709],
  ] as const;
  for (const [p, z] of known) {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(z)));
  }
  expect([0, 1].map(normalQuantile)).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test("normalShare undoes normalQuantile", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
      expect(Math.abs(normalShare(normalQuantile(p)) - p)).toBeLessThanOrEqual(4e-16);
    }),
  );
  expect([Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY].map(normalShare)).toEqual([0, 0.5, 1]);
});

test("sine and cosine of turns are those of the angle, and exact at quarters", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), (turns) => {
      const angle = 2 * Math.PI * (turns - Math.floor(turns));
      expect(Math.abs(sineOfTurns(turns) - Math.sin(angle))).toBeLessThanOrEqual(2e-15);
      expect(Math.abs(cosineOfTurns(turns) - Math.cos(angle))).toBeLessThanOrEqual(2e-15);
    }),
  );
  expect([0, 0.25, 0.5, 0.75, 1, 1e300].map((turns) => sineOfTurns(turns) + 0)).toEqual([0, 1, 0, -1, 0, 0]);
  expect([0, 0.25, 0.5, 0.75, 1, 1e300].map((turns) => cosineOfTurns(turns) + 0)).toEqual([
    1, 0, -1, 0, 1, 1,
  ]);
  expect([Number.POSITIVE_INFINITY, Number.NaN].map(sineOfTurns)).toEqual([Number.NaN, Number.NaN]);
});

test("a bend within a limit and its inverse undo each other where f32 tells them apart, and nothing leaves the limit", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.constantFrom(0.5, 1, 3), (x, limit) => {
      const z = clipSmoothly(x, limit);
      expect(Math.abs(z)).toBeLessThanOrEqual(limit);
      expect(Number.isFinite(unclipSmoothly(z, limit))).toBe(true);
      if (Math.abs(x / limit) < 100) expect(unclipSmoothly(z, limit)).toBeCloseTo(x, 6);
    }),
  );
  expect(clipSmoothly(FARTHEST_CLIPPED, 1)).toBe(1);
  expect(Math.fround(NEAREST_LIMIT)).toBe(NEAREST_LIMIT);
  expect(Math.fround((1 + NEAREST_LIMIT) / 2)).toBe(1);
});

test("what is told of logarithms is where fractions begin: one f64 before it another power of two is taken", () => {
  const high = new DataView(new ArrayBuffer(8));
  high.setFloat64(0, Math.SQRT1_2);
  high.setInt32(4, 0);
  expect(LEAST_FRACTION_WIDE).toBe(high.getFloat64(0));
  expect(splitWide(LEAST_FRACTION_WIDE)).toEqual({ exponent: 0, fraction: LEAST_FRACTION_WIDE });
  expect(splitWide(LEAST_FRACTION_WIDE - 2 ** -53).exponent).toBe(-1);
});

test("the largest and the least normal f32 are those of the format", () => {
  expect(Math.fround(LARGEST_FLOAT32)).toBe(LARGEST_FLOAT32);
  expect(Math.fround(LARGEST_FLOAT32 * (1 + 2 ** -24))).toBe(Number.POSITIVE_INFINITY);
  expect(new Float32Array(Uint32Array.of(0x00800000, 0x7f7fffff).buffer)).toEqual(
    Float32Array.of(SMALLEST_NORMAL_FLOAT32, LARGEST_FLOAT32),
  );
});
