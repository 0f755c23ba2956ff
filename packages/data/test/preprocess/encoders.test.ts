// Encoders: known values, there and back, and columns that would divide by zero.

import { describe, expect, test } from "@jest/globals";
import { exponentialMinusOne, logPlusOne } from "@netwright/ir/numerics";
import fc from "fast-check";
import { type EncoderName, encoders, type ScalingStep, scalingSteps } from "../../src/index.ts";
import { fitScaling, inverseOf, scalingOf } from "../../src/preprocess/encoders.ts";

const names = ["zscore", "minmax", "log1p", "none"] as const satisfies readonly EncoderName[];

/** What the steps mean. */
function carryOut(steps: readonly ScalingStep[], start: number): number {
  let x = start;
  for (const step of steps) x = afterStep(step, x);
  return x;
}

function afterStep(step: ScalingStep, x: number): number {
  switch (step.kind) {
    case "add":
      return x + step.by;
    case "subtract":
      return x - step.by;
    case "multiply":
      return x * step.by;
    case "divide":
      return x / step.by;
    case "log_plus_one":
      return logPlusOne(Math.fround(x));
    case "exponential_minus_one":
      return exponentialMinusOne(Math.fround(x));
  }
}

/** Values that every encoder takes, of ordinary size and spacing: others overflow, which `prepare` reports. */
const value = fc.double({ min: -0.99, max: 1e6, noNaN: true }).map((x) => Math.round(x * 1e6) / 1e6);
const values = fc.array(value, { minLength: 1, maxLength: 50 }).map((all) => Float64Array.from(all));

test("the table names each encoder as it names itself", () => {
  expect(Object.entries(encoders).map(([key, encoder]) => [key, encoder.name])).toEqual(
    names.map((n) => [n, n]),
  );
});

describe.each(names)("%s", (name) => {
  test("undoes what it does", () => {
    fc.assert(
      fc.property(values, value, (column, x) => {
        const fitted = fitScaling(name, column);
        const z = scalingOf(fitted)(x);
        expect(Number.isFinite(z)).toBe(true);
        const spread = Math.max(Math.abs(x), ...column.map(Math.abs), 1);
        // log1p works in f32.
        const tolerance = name === "log1p" ? 4e-6 : 1e-9;
        expect(Math.abs(inverseOf(fitted)(z) - x)).toBeLessThanOrEqual(spread * tolerance);
      }),
    );
  });

  test("the steps give the same bits", () => {
    fc.assert(
      fc.property(values, fc.double(), (column, x) => {
        const fitted = fitScaling(name, column);
        const { apply, invert } = scalingSteps(fitted);
        expect(carryOut(apply, x)).toBe(scalingOf(fitted)(x));
        expect(carryOut(invert, x)).toBe(inverseOf(fitted)(x));
      }),
    );
  });

  test("keeps order", () => {
    fc.assert(
      fc.property(values, value, value, (column, a, b) => {
        const fitted = fitScaling(name, column);
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(scalingOf(fitted)(low)).toBeLessThanOrEqual(scalingOf(fitted)(high));
      }),
    );
  });

  test("a constant column stays finite, and exact", () => {
    const fitted = fitScaling(name, new Float64Array(7).fill(0.1));
    const z = scalingOf(fitted)(0.1);
    expect(z).toBe(name === "log1p" ? encoders.log1p.apply({}, 0.1) : name === "none" ? 0.1 : 0);
    expect(scalingOf(fitted)(1.1)).toBeLessThan(2);
  });
});

test("zscore has mean 0 and population standard deviation 1", () => {
  expect(encoders.zscore.fit(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9))).toEqual({ mean: 5, std: 2 });
  expect(encoders.zscore.apply({ mean: 5, std: 2 }, 9)).toBe(2);
});

test("minmax maps to 0..1", () => {
  const params = encoders.minmax.fit(Float64Array.of(3, -1, 7));
  expect(params).toEqual({ min: -1, range: 8 });
  expect([-1, 3, 7].map((x) => encoders.minmax.apply(params, x))).toEqual([0, 0.5, 1]);
});

test("log1p is the logarithm of 1 + x in f32", () => {
  for (const x of [0, 1e-7, 0.5, 1, 99, 1e6, -0.5]) {
    expect(encoders.log1p.apply({}, x)).toBeCloseTo(Math.log1p(x), 5);
  }
  expect([-0.9, -1, -2, -1 + 1e-12].map((x) => encoders.log1p.accepts(x))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("no parameter is -0, which JSON would not keep", () => {
  expect(encoders.zscore.fit(Float64Array.of(-0, -0))).toEqual({ mean: 0, std: 1 });
  expect(encoders.minmax.fit(Float64Array.of(-0, -0))).toEqual({ min: 0, range: 1 });
});

test("scaled training values lie in the range, and those of zscore on both sides of 0", () => {
  const column = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(column, (values) => {
      const contract = { min: Math.min(...values), max: Math.max(...values) };
      if (contract.min === contract.max) return;
      for (const name of names) {
        const scaling = fitScaling(name, Float64Array.from(values));
        const scaled = values.map((x) => scalingOf(scaling)(x));
        for (const bounds of [contract, { min: null, max: null }]) {
          const { min, max } = encoders[name].range(bounds);
          expect(Math.min(...scaled)).toBeGreaterThanOrEqual(min ?? Number.NEGATIVE_INFINITY);
          expect(Math.max(...scaled)).toBeLessThanOrEqual(max ?? Number.POSITIVE_INFINITY);
        }
        if (name === "zscore") expect(Math.min(...scaled) < 0 && Math.max(...scaled) > 0).toBe(true);
      }
    }),
  );
});
