import { describe, expect, test } from "@jest/globals";
import type { ReduceKind } from "@netwright/ir";
import { at, f32, i32, run, u32 } from "./run-op.ts";

const matrix = f32([1, 2, 3, 4, 5, 6], [2, 3]);

describe("dimensions", () => {
  test.each([
    { dimensions: [0], expected: [5, 7, 9] },
    { dimensions: [1], expected: [6, 15] },
    { dimensions: [0, 1], expected: [21] },
    { dimensions: [], expected: [1, 2, 3, 4, 5, 6] },
  ])("sum over $dimensions", ({ dimensions, expected }) => {
    expect(run([matrix], (b, ...v) => b.sum(at(v, 0), dimensions))).toEqual(expected);
  });
});

test("the kinds", () => {
  const over = (kind: ReduceKind) => run([f32([2, -3, 4])], (b, ...v) => b.reduce(at(v, 0), kind));
  expect([over("sum"), over("product"), over("max"), over("min")]).toEqual([[3], [-24], [4], [-3]]);
});

test("over nothing: the identity", () => {
  const nothing = (kind: ReduceKind) => run([f32([], [0])], (b, ...v) => b.reduce(at(v, 0), kind));
  expect([nothing("sum"), nothing("product")]).toEqual([[0], [1]]);
  expect([nothing("max"), nothing("min")]).toEqual([[Number.NEGATIVE_INFINITY], [Number.POSITIVE_INFINITY]]);
  expect(run([i32([], [0, 2])], (b, ...v) => b.reduce(at(v, 0), "max", [0]))).toEqual([
    -2147483648, -2147483648,
  ]);
  expect(run([u32([], [0])], (b, ...v) => b.reduce(at(v, 0), "min"))).toEqual([4294967295]);
});

test("f32 sums round at every step, in row-major order", () => {
  // 2^24 + 1 is a tie and falls back to 2^24, however often 1 is added; two ones first would survive.
  expect(run([f32([16777216, 1, 1])], (b, ...v) => b.sum(at(v, 0)))).toEqual([16777216]);
  expect(run([f32([1, 1, 16777216])], (b, ...v) => b.sum(at(v, 0)))).toEqual([16777218]);
  expect(run([f32([1, 16777216, 1, 1, 1, -16777216], [3, 2])], (b, ...v) => b.sum(at(v, 0), [0]))).toEqual([
    3, 0,
  ]);
});

test("integers wrap, NaN wins", () => {
  expect(run([i32([2147483647, 1])], (b, ...v) => b.sum(at(v, 0)))).toEqual([-2147483648]);
  expect(run([u32([65536, 65537])], (b, ...v) => b.reduce(at(v, 0), "product"))).toEqual([65536]);
  expect(run([f32([1, Number.NaN, 3])], (b, ...v) => b.reduce(at(v, 0), "max"))).toEqual([Number.NaN]);
});
