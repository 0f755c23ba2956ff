// erf(x) on f32 against a series in double precision, which is itself checked against known digits.

import { describe, expect, test } from "@jest/globals";
import { erf } from "@netwright/ir/numerics";
import { describeUnary } from "./unary-suite.ts";

// Taken once: each look-up of a global is slow inside Jest.
const { abs, exp, sqrt, sign, PI } = Math;

/**
 * erf(x) = 2/sqrt(pi) e^(-x^2) (x + 2/3 x^3 + 4/15 x^5 + ...), all terms of one sign (Abramowitz and Stegun,
 * 7.1.6). Beyond 6 it is 1 in double precision too.
 */
function referenceErf(x: number): number {
  if (abs(x) > 6) return sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; abs(term) > abs(sum) * 1e-18; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / sqrt(PI)) * exp(-x * x) * sum;
}

describe("the reference of erf", () => {
  test.each([
    [0.1, 0.1124629160182849],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [3, 0.9999779095030014],
    [4, 0.9999999845827421],
    [-1, -0.8427007929497149],
  ])("erf(%p) = %p", (x, expected) => {
    expect(Math.abs(referenceErf(x) - expected)).toBeLessThan(1e-14);
  });
});

describeUnary({
  name: "erf",
  run: erf,
  reference: referenceErf,
  bound: 1.36,
  range: [-4.5, 4.5],
  direction: 1,
  special: [
    [0, 0],
    [-0, -0],
    [2 ** -149, 2 ** -149],
    [4, 1],
    [-5, -1],
    [3e38, 1],
    [Infinity, 1],
    [-Infinity, -1],
    [NaN, NaN],
  ],
  golden: "ff1c07f8",
});
