// How far runs agree, where rounding is of the size of what is measured.

import { expect, test } from "@jest/globals";
import { type SplitMetrics, studyMetrics } from "netwright";

function spreadOf(values: readonly number[]) {
  const runs = values.map((mae): SplitMetrics => ({ train: null, validation: null, test: { mae } }));
  const { mean, deviation, standardError } = studyMetrics(runs).test?.["mae"] ?? {};
  return { mean, deviation, standardError };
}

test.each([
  [0.9333333333333333, 3],
  [0.1, 3],
  [0.1, 10],
  [1 / 3, 7],
  [1e308, 4],
  [-0.7, 6],
])("runs that agree on %d, %d of them, do not deviate", (value, count) => {
  expect(spreadOf(Array<number>(count).fill(value))).toEqual({ mean: value, deviation: 0, standardError: 0 });
});

test("values that are neighbours deviate by what they are apart", () => {
  // In steps of 2 ** -52: 0, 0, 1, of which the variance is 1 / 3; then 0, 1, 1, 3 with the mean 5 / 4, of which it is 19 / 12.
  const step = 2 ** -52;
  expect(Number(spreadOf([1, 1, 1 + step]).deviation) / step).toBeCloseTo(Math.sqrt(1 / 3), 12);
  expect(Number(spreadOf([1, 1 + step, 1 + step, 1 + 3 * step]).deviation) / step).toBeCloseTo(
    Math.sqrt(19 / 12),
    12,
  );
});

test("values far from 0 and close to each other", () => {
  expect(spreadOf([1e9 + 1, 1e9 + 2, 1e9 + 3])).toEqual({
    mean: 1e9 + 2,
    deviation: 1,
    standardError: expect.closeTo(1 / Math.sqrt(3), 15),
  });
  expect(spreadOf([1, Number.POSITIVE_INFINITY]).mean).toBe(Number.POSITIVE_INFINITY);
});
