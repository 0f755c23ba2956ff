// sin(x) and cos(x) on f32 against Math.sin and Math.cos in double precision, which are right for arguments of any
// size in the engines that run this (their remainders are taken with all the bits of 2/pi).

import { describe, expect, test } from "@jest/globals";
import { cosine, sine } from "@netwright/ir/numerics";
import { describeUnary } from "./unary-suite.ts";

const LARGEST = (2 - 2 ** -23) * 2 ** 127;

describeUnary({
  name: "sine",
  run: sine,
  reference: Math.sin,
  bound: 0.87,
  range: [-100, 100],
  direction: "neither",
  special: [
    [0, 0],
    [-0, -0],
    [2 ** -149, 2 ** -149],
    [-3 * 2 ** -149, -3 * 2 ** -149],
    [2 ** -20, 2 ** -20],
    [Infinity, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  golden: "9186894f",
});

describeUnary({
  name: "cosine",
  run: cosine,
  reference: Math.cos,
  bound: 0.87,
  range: [-100, 100],
  direction: "neither",
  special: [
    [0, 1],
    [-0, 1],
    [2 ** -149, 1],
    [2 ** -13, 1],
    [Infinity, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  golden: "d18e4be3",
});

describe("where the remainder is hard", () => {
  // The f32 closest to a multiple of pi/2, next to pi, and the largest there is; values by exact arithmetic.
  test.each([
    { x: Math.fround(16367173 * 2 ** 72), sin: 1, cos: -1.6147697982476211e-9 },
    { x: Math.fround(Math.PI), sin: -8.742277657347586e-8, cos: -1 },
    { x: Math.fround(Math.PI / 2), sin: 1, cos: -4.371139000186241e-8 },
    { x: LARGEST, sin: -0.5218765233336586, cos: 0.8530210398303042 },
  ])("at $x", ({ x, sin, cos }) => {
    expect(Math.abs(sine(x) / sin - 1)).toBeLessThan(1e-7);
    expect(Math.abs(cosine(x) / cos - 1)).toBeLessThan(1e-7);
  });
});

test("the sine is odd, the cosine even", () => {
  for (const x of [0.1, 1, 2, 4, 1e3, 1e10, 1e38].map(Math.fround)) {
    expect(sine(-x)).toBe(-sine(x));
    expect(cosine(-x)).toBe(cosine(x));
  }
});
