// Encoders: known values, there and back, and columns that would divide by zero.

import { describe, expect, test } from "@jest/globals";
import { exponentialMinusOne, logPlusOne } from "@netwright/ir/numerics";
import fc from "fast-check";
import { type EncoderParams, encoders, type ScalingStep } from "../../src/index.ts";
import type { Scaling } from "../../src/preprocess/encoder.ts";
import { log1p } from "../../src/preprocess/log1p.ts";
import { minmax } from "../../src/preprocess/minmax.ts";
import { none } from "../../src/preprocess/none.ts";
import { zscore } from "../../src/preprocess/zscore.ts";

const scalings = { zscore, minmax, log1p, none };
const names = ["zscore", "minmax", "log1p", "none"] as const;
type Name = (typeof names)[number];

function opened(name: Name, params: EncoderParams): Scaling {
  const scaling = scalings[name].open(params)?.scaling;
  if (scaling == null) throw new Error(`${name} does not scale`);
  return scaling;
}

const fitted = (name: Name, column: Float64Array): Scaling => opened(name, scalings[name].fit([column], {}));

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
  expect([...encoders.keys()]).toEqual(expect.arrayContaining([...names, "one_hot", "ordinal"]));
  for (const [key, encoder] of encoders) expect(encoder.name).toBe(key);
});

describe.each(names)("%s", (name) => {
  test("undoes what it does", () => {
    fc.assert(
      fc.property(values, value, (column, x) => {
        const { apply, invert } = fitted(name, column);
        const z = apply(x);
        expect(Number.isFinite(z)).toBe(true);
        const spread = Math.max(Math.abs(x), ...column.map(Math.abs), 1);
        // log1p works in f32.
        const tolerance = name === "log1p" ? 4e-6 : 1e-9;
        expect(Math.abs(invert(z) - x)).toBeLessThanOrEqual(spread * tolerance);
      }),
    );
  });

  test("the steps give the same bits", () => {
    fc.assert(
      fc.property(values, fc.double(), (column, x) => {
        const { apply, invert, steps } = fitted(name, column);
        expect(carryOut(steps.apply, x)).toBe(apply(x));
        expect(carryOut(steps.invert, x)).toBe(invert(x));
      }),
    );
  });

  test("keeps order", () => {
    fc.assert(
      fc.property(values, value, value, (column, a, b) => {
        const { apply } = fitted(name, column);
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(apply(low)).toBeLessThanOrEqual(apply(high));
      }),
    );
  });

  test("a constant column stays finite, and exact", () => {
    const { apply } = fitted(name, new Float64Array(7).fill(0.1));
    const z = apply(0.1);
    expect(z).toBe(name === "log1p" ? logPlusOne(Math.fround(0.1)) : name === "none" ? 0.1 : 0);
    expect(apply(1.1)).toBeLessThan(2);
  });
});

test("zscore has mean 0 and population standard deviation 1", () => {
  const values = Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9);
  expect(zscore.fit([values], {})).toEqual({ mean: 5, std: 2 });
  expect(opened("zscore", { mean: 5, std: 2 }).apply(9)).toBe(2);
});

test("minmax maps to 0..1", () => {
  const params = minmax.fit([Float64Array.of(3, -1, 7)], {});
  expect(params).toEqual({ min: -1, range: 8 });
  expect([-1, 3, 7].map(opened("minmax", params).apply)).toEqual([0, 0.5, 1]);
});

test("log1p is the logarithm of 1 + x in f32", () => {
  for (const x of [0, 1e-7, 0.5, 1, 99, 1e6, -0.5]) {
    expect(opened("log1p", {}).apply(x)).toBeCloseTo(Math.log1p(x), 5);
  }
  expect([-0.9, -1, -2, -1 + 1e-12].map((x) => log1p.accepts(x))).toEqual([true, false, false, false]);
});

test("no parameter is -0, which JSON would not keep", () => {
  expect(zscore.fit([Float64Array.of(-0, -0)], {})).toEqual({ mean: 0, std: 1 });
  expect(minmax.fit([Float64Array.of(-0, -0)], {})).toEqual({ min: 0, range: 1 });
});

test("scaled training values lie in the range, and those of zscore on both sides of 0", () => {
  const column = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(column, (values) => {
      const contract = { min: Math.min(...values), max: Math.max(...values) };
      if (contract.min === contract.max) return;
      for (const name of names) {
        const scaled = values.map(fitted(name, Float64Array.from(values)).apply);
        for (const bounds of [contract, { min: null, max: null }]) {
          const { min, max } = scalings[name].range(bounds, {});
          expect(Math.min(...scaled)).toBeGreaterThanOrEqual(min ?? Number.NEGATIVE_INFINITY);
          expect(Math.max(...scaled)).toBeLessThanOrEqual(max ?? Number.POSITIVE_INFINITY);
        }
        if (name === "zscore") expect(Math.min(...scaled) < 0 && Math.max(...scaled) > 0).toBe(true);
      }
    }),
  );
});

test("values that come piece by piece give the same parameters as those in one piece", () => {
  fc.assert(
    fc.property(values, fc.nat(50), (column, cut) => {
      for (const name of names) {
        const encoder = scalings[name];
        const pieces = [column.slice(0, cut), column.slice(cut)];
        expect(encoder.fit(pieces, {})).toEqual(encoder.fit([column], {}));
      }
    }),
  );
});
