// Metrics against values that scikit-learn documents or that are worked out by hand, and their edges.

import { describe, expect, test } from "@jest/globals";
import { computeMetrics, metricNames, metrics } from "@netwright/runtime";
import fc from "fast-check";

const f64 = (...values: number[]) => Float64Array.from(values);

describe("computeMetrics", () => {
  // The example of sklearn.metrics.mean_absolute_error, mean_squared_error, r2_score and max_error.
  test("agrees with scikit-learn's examples", () => {
    const found = computeMetrics(f64(2.5, 0, 2, 8), f64(3, -0.5, 2, 7), 1);
    expect(found.mae).toBe(0.5);
    expect(found.rmse).toBeCloseTo(0.6123724356957945, 15);
    expect(found.r2).toBeCloseTo(0.9486081370449679, 15);
    expect(found.mape).toBeCloseTo(0.3273809523809524, 15);
    expect(found.max_error).toBe(1);
  });

  test("r2 of several outputs is the mean over them", () => {
    const { r2, mae } = computeMetrics(f64(0, 2, -1, 2, 8, -5), f64(0.5, 1, -1, 1, 7, -6), 2);
    expect(r2).toBeCloseTo((1 - 1.25 / (217 / 6) + (1 - 3 / (98 / 3))) / 2, 14);
    expect(mae).toBe(0.75);
  });

  test("mape leaves out targets that are 0", () => {
    expect(computeMetrics(f64(5, 11, 18), f64(0, 10, 20), 1).mape).toBeCloseTo(0.1, 15);
    expect(computeMetrics(f64(5, 5), f64(0, 0), 1).mape).toBeNull();
  });

  test("r2 of a constant target is not defined, also when its mean is rounded", () => {
    expect(computeMetrics(f64(1, 2, 3), f64(0.1, 0.1, 0.1), 1).r2).toBeNull();
    expect(computeMetrics(f64(1), f64(1), 1).r2).toBeNull();
  });

  test("without rows nothing is defined", () => {
    expect(Object.values(computeMetrics(f64(), f64(), 1))).toEqual([null, null, null, null, null]);
  });

  test("a prediction that is not a number stays visible", () => {
    expect(computeMetrics(f64(Number.NaN, 1), f64(1, 2), 1)).toMatchObject({
      mae: Number.NaN,
      max_error: Number.NaN,
    });
  });

  test("a perfect prediction, and the order of the errors", () => {
    // Not so small that squares underflow.
    const values = fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1000);
    fc.assert(
      fc.property(fc.array(fc.tuple(values, values), { minLength: 1, maxLength: 30 }), (pairs) => {
        const p = Float64Array.from(pairs, ([a]) => a);
        const t = Float64Array.from(pairs, ([, b]) => b);
        expect(computeMetrics(t, t, 1)).toMatchObject({ mae: 0, rmse: 0, max_error: 0 });
        const { mae, rmse, max_error } = computeMetrics(p, t, 1);
        if (mae === null || rmse === null || max_error === null) throw new Error("rows and no metric");
        expect(mae).toBeLessThanOrEqual(rmse * (1 + 1e-12));
        expect(rmse).toBeLessThanOrEqual(max_error * (1 + 1e-12));
      }),
    );
  });

  test("every metric is listed and documented", () => {
    expect([...metricNames].sort()).toEqual(Object.keys(metrics).sort());
    for (const name of metricNames) expect(metrics[name].doc).toMatch(/\.$/);
  });

  test("sizes that do not fit are a mistake of the caller", () => {
    expect(() => computeMetrics(f64(1), f64(1, 2), 1)).toThrow(RangeError);
  });
});

test("no metric leaves its range", () => {
  const cents = fc.integer({ min: -1e8, max: 1e8 }).map((n) => n / 100);
  const numbers = fc.array(cents, { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const rows = Math.min(a.length, b.length);
      const found = computeMetrics(f64(...a.slice(0, rows)), f64(...b.slice(0, rows)), 1);
      for (const name of metricNames) {
        const { min, max } = metrics[name].range;
        expect(found[name] ?? min).toBeGreaterThanOrEqual(min);
        expect(found[name] ?? max).toBeLessThanOrEqual(max);
      }
    }),
  );
});
