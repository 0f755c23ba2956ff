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

describe("blocks of 512", () => {
  const ones = (count: number) => Array.from({ length: count }, () => 1);
  // Ones get lost behind 2^24 in their block, and count in a block of their own.
  test.each([
    { elements: [16777216, ...ones(511)], expected: 16777216 },
    { elements: [16777216, ...ones(513)], expected: 16777218 },
    { elements: [16777216, ...ones(511), ...ones(512), ...ones(512), 2], expected: 16777216 + 1026 },
  ])("the sum is $expected", ({ elements, expected }) => {
    expect(run([f32(elements)], (b, ...v) => b.sum(at(v, 0)))).toEqual([expected]);
  });

  test("are counted in row-major order of what is reduced, for each result", () => {
    // Two results side by side, each over 2 x 300 elements: the second block begins within the second row.
    const elements = Array.from({ length: 2 * 2 * 300 }, () => 1);
    elements[0] = 16777216;
    const sums = run([f32(elements, [2, 2, 300])], (b, ...v) => b.sum(at(v, 0), [0, 2]));
    expect(sums).toEqual([16777216 + 88, 600]);
  });
});

test("integers wrap, NaN wins", () => {
  expect(run([i32([2147483647, 1])], (b, ...v) => b.sum(at(v, 0)))).toEqual([-2147483648]);
  expect(run([u32([65536, 65537])], (b, ...v) => b.reduce(at(v, 0), "product"))).toEqual([65536]);
  expect(run([f32([1, Number.NaN, 3])], (b, ...v) => b.reduce(at(v, 0), "max"))).toEqual([Number.NaN]);
});
