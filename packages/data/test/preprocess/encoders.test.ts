// Encoders: known values, there and back, and columns that would divide by zero.

import { describe, expect, test } from "@jest/globals";
import { withDefaults } from "@netwright/definitions";
import { logPlusOne } from "@netwright/ir/numerics";
import fc from "fast-check";
import { type EncoderParams, encoders } from "../../src/index.ts";
import type { Scaling } from "../../src/preprocess/encoder.ts";
import { log1p } from "../../src/preprocess/log1p.ts";
import { minmax } from "../../src/preprocess/minmax.ts";
import { none } from "../../src/preprocess/none.ts";
import { power } from "../../src/preprocess/power.ts";
import { quantile } from "../../src/preprocess/quantile.ts";
import { robust } from "../../src/preprocess/robust.ts";
import { carryOut } from "../../src/preprocess/scaling-step.ts";
import { smoothClip } from "../../src/preprocess/smooth-clip.ts";
import { zscore } from "../../src/preprocess/zscore.ts";
import { named } from "../support.ts";

const scalings = { zscore, minmax, robust, smooth_clip: smoothClip, quantile, power, log1p, none };
const names = ["zscore", "minmax", "robust", "smooth_clip", "quantile", "power", "log1p", "none"] as const;
type Name = (typeof names)[number];

function opened(name: Name, params: EncoderParams): Scaling {
  const scaling = scalings[name].open(params)?.scaling;
  if (scaling == null) throw new Error(`${name} does not scale`);
  return scaling;
}

const argsOf = (name: Name) => withDefaults(scalings[name].params, {});
const fitted = (name: Name, column: Float64Array): Scaling =>
  opened(name, scalings[name].fit([column], argsOf(name)));

/** Values that every encoder takes, of ordinary size and spacing: others overflow, which `prepare` reports. */
const value = fc.double({ min: -0.99, max: 1e6, noNaN: true }).map((x) => Math.round(x * 1e6) / 1e6);
const values = fc.array(value, { minLength: 1, maxLength: 50 }).map((all) => Float64Array.from(all));

test("the table names each encoder as it names itself", () => {
  const own = ["one_hot", "ordinal", "hashing", "target_mean", "multi_hot", "thermometer", "number_list"];
  const all = [...names, "piecewise_linear", "periodic", "calendar", ...own];
  expect([...encoders.keys()]).toEqual(expect.arrayContaining(all));
  for (const [key, encoder] of encoders) expect(encoder.name).toBe(key);
});

describe.each(names)("%s", (name) => {
  test("undoes what it does", () => {
    fc.assert(
      fc.property(values, value, (column, given) => {
        const { apply, invert } = fitted(name, column);
        // One that is constant in training is 0 for ever, and beyond the range of training all ranks are one.
        if (name === "smooth_clip" && new Set(column).size === 1) return;
        const x =
          name === "quantile" ? Math.min(Math.max(given, Math.min(...column)), Math.max(...column)) : given;
        const z = apply(x);
        // What lies thousands of spreads away cannot be told from its neighbours.
        if (name === "smooth_clip" && Math.abs(z) > 2.99999) return;
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
        expect(steps === null).toBe(name === "quantile" || name === "power");
        if (steps === null) return;
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
        const slack = name === "power" ? 1e-12 * (1 + Math.abs(apply(low))) : 0;
        expect(apply(low)).toBeLessThanOrEqual(apply(high) + slack);
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
          const { min, max } = scalings[name].range(bounds, argsOf(name));
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
        expect(encoder.fit(pieces, argsOf(name))).toEqual(encoder.fit([column], argsOf(name)));
      }
    }),
  );
});

describe("columns that are hard to scale", () => {
  const size = fc.constantFrom(5e-324, 1e-310, 1e-20, 1, 1e20, 1e150, 1e300);
  const hard = fc
    .tuple(size, fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }))
    .map(([unit, values]) => Float64Array.from(values, (x) => x * unit));

  test.each(
    [...encoders.values()].filter((one) => one.takes === "number").map((one) => [one.name, one] as const),
  )("%s never makes NaN of them", (_, encoder) => {
    if (encoder.takes !== "number") return;
    const inner = "scale" in encoder.params ? { scale: named("encoder", "zscore") } : {};
    const args = withDefaults(encoder.params, inner);
    fc.assert(
      fc.property(hard, (column) => {
        const values = column.filter((x) => encoder.accepts(x));
        if (values.length === 0) return;
        const coding = encoder.open(
          JSON.parse(JSON.stringify(encoder.fit([values], args, encoders))),
          encoders,
        );
        // Too large to compute a scale of, which is told.
        if (coding === null) return;
        const width = coding.output.shape.reduce((product, size) => product * size, 1);
        const into = new Float32Array(values.length * width);
        coding.write(values, { into, at: 0, width });
        expect(into.some(Number.isNaN)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test.each(["robust", "smooth_clip", "quantile"] as const)("%s takes any of them", (name) => {
    fc.assert(
      fc.property(hard, (column) => {
        const halves = column.map((x) => x / 4);
        expect(Number.isFinite(fitted(name, halves).apply(halves[0] ?? 0))).toBe(true);
      }),
    );
  });
});

describe("what a network gives beyond what a value becomes", () => {
  const column = Float64Array.of(1, 2, 2, 3, 10);

  test.each(["quantile", "power", "smooth_clip"] as const)("%s turns back to a number", (name) => {
    for (const z of [-1e30, -3, -1, 0, 0.5, 1, 3, 5.2, 1e30]) {
      expect(Number.isFinite(fitted(name, column).invert(z))).toBe(true);
    }
  });

  test("a rank beyond is the least or the greatest of training", () => {
    const { invert } = fitted("quantile", column);
    expect([-1, 0, 1, 2].map(invert)).toEqual([1, 1, 10, 10]);
  });
});

describe("what was learned is checked", () => {
  test.each([
    ["robust", [{}, { median: 1, spread: 0 }, { median: "1", spread: 1 }]],
    ["smooth_clip", [{}, { median: 1, factor: -1 }, { median: null, factor: 1 }]],
    ["power", [{}, { lambda: 1, mean: 0, std: 0 }, { lambda: "1", mean: 0, std: 1 }]],
    [
      "quantile",
      [
        {},
        { quantiles: [1], distribution: "uniform" },
        { quantiles: [2, 1], distribution: "uniform" },
        { quantiles: [1, null], distribution: "normal" },
        { quantiles: [1, 2], distribution: "other" },
      ],
    ],
    [
      "piecewise_linear",
      [
        {},
        { edges: [], bins: 1 },
        { edges: [1, 1], bins: 2 },
        { edges: [1, 2, 3], bins: 1 },
        { edges: [1], bins: 1e9 },
      ],
    ],
    [
      "periodic",
      [
        {},
        { mean: 0, std: 1, frequencies: [] },
        { mean: 0, std: 1, frequencies: [null] },
        { mean: 0, std: 0, frequencies: [1] },
      ],
    ],
  ])("by %s", (name, damaged) => {
    for (const params of damaged) expect(encoders.get(name)?.open(params)).toBeNull();
  });
});

test("periodic makes the sines and then the cosines of turns within a period", () => {
  const params = { mean: 1, std: 2, frequencies: [0.25, -0.5, 1e9] };
  const coding = encoders.get("periodic")?.open(params);
  if (coding?.takes !== "number") throw new Error("periodic is for numbers");
  const into = new Float32Array(6);
  coding.write(Float64Array.of(3), { into, at: 0, width: 6 });
  expect([...into].map((z) => Math.round(z * 1e6) / 1e6 + 0)).toEqual([1, 0, 0, 0, -1, 1]);
});

test("periodic draws by its seed alone, as spread as sigma says", () => {
  const drawn = (args: object) => {
    const periodic = encoders.get("periodic");
    if (periodic?.takes !== "number") throw new Error("periodic is for numbers");
    const params = periodic.fit([Float64Array.of(1, 2)], withDefaults(periodic.params, { ...args }));
    return params["frequencies"] as readonly number[];
  };
  expect(drawn({ seed: 3 })).toEqual(drawn({ seed: 3 }));
  expect(drawn({ seed: 3 })).not.toEqual(drawn({ seed: 4 }));
  const many = drawn({ frequencies: 5000, sigma: 2 });
  const mean = many.reduce((sum, c) => sum + c, 0) / 5000;
  const spread = Math.sqrt(many.reduce((sum, c) => sum + (c - mean) ** 2, 0) / 5000);
  expect(Math.abs(mean)).toBeLessThan(0.1);
  expect(Math.abs(spread - 2)).toBeLessThan(0.1);
});
