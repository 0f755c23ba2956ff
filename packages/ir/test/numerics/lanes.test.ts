// The promise of `Lanes`: a formula has no branches, so that it can be emitted as WebAssembly SIMD, and gives
// there, four at a time, exactly the bits that it gives on numbers.

import { describe, expect, test } from "@jest/globals";
import * as numerics from "@netwright/ir/numerics";
import { allExponents, between } from "./samples.ts";
import { runOnWasm } from "./wasm-lanes.ts";

function both(low: number, high: number): Float32Array {
  const samples = allExponents();
  const near = between(low, high, 100_000);
  const joined = new Float32Array(samples.length + near.length);
  joined.set(samples);
  joined.set(near, samples.length);
  return joined;
}

/** The index of the first result whose bits differ, or -1. */
function firstDifference(a: Float32Array, b: Float32Array): number {
  return a.findIndex((value, index) => !Object.is(value, b[index]));
}

describe("numbers and WebAssembly SIMD give the same bits", () => {
  const samples = both(-110, 110);

  test.each([
    { name: "exponential", run: numerics.exponential, formula: numerics.exponentialFormula },
    {
      name: "exponentialMinusOne",
      run: numerics.exponentialMinusOne,
      formula: numerics.exponentialMinusOneFormula,
    },
    { name: "log", run: numerics.log, formula: numerics.logFormula },
    { name: "logPlusOne", run: numerics.logPlusOne, formula: numerics.logPlusOneFormula },
    { name: "tanh", run: numerics.tanh, formula: numerics.tanhFormula },
    { name: "logistic", run: numerics.logistic, formula: numerics.logisticFormula },
    { name: "erf", run: numerics.erf, formula: numerics.erfFormula },
    { name: "sine", run: numerics.sine, formula: numerics.sineFormula },
    { name: "cosine", run: numerics.cosine, formula: numerics.cosineFormula },
    { name: "rsqrt", run: numerics.rsqrt, formula: numerics.rsqrtFormula },
  ])("$name", ({ run, formula }) => {
    const expected = samples.map(run);
    const actual = runOnWasm((lanes, x) => formula(lanes, x), samples);
    expect(firstDifference(actual, expected)).toBe(-1);
  });

  test("power", () => {
    // Exponents that meet each base at another place of the list, and many that lead to ordinary results.
    const exponents = samples.map((_, index) => {
      const other = samples[(index * 7919) % samples.length] ?? 0;
      return index % 2 === 0 ? other : ((index * 31) % 4001) / 100 - 20;
    });
    const expected = samples.map((x, index) => numerics.power(x, exponents[index] ?? NaN));
    const actual = runOnWasm((lanes, x, y) => numerics.powerFormula(lanes, x, y), samples, exponents);
    expect(firstDifference(actual, expected)).toBe(-1);
  });
});
