import { expect, test } from "@jest/globals";
import { at, f32, run } from "./run-op.ts";

const plain = { lhsBatching: [], rhsBatching: [], lhsContracting: [1], rhsContracting: [0] };
const a = f32([1, 2, 3, 4, 5, 6], [2, 3]);
const b23 = f32([1, 0, 2, -1, 3, 1], [2, 3]);
const b32 = f32([1, -1, 0, 3, 2, 1], [3, 2]);

test("the four ways to multiply matrices", () => {
  const product = [7, 8, 16, 17];
  const aT = f32([1, 4, 2, 5, 3, 6], [3, 2]);
  expect(run([a, b32], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), plain))).toEqual(product);
  const bT = f32([1, 0, 2, -1, 3, 1], [2, 3]);
  expect(
    run([a, bT], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), { ...plain, rhsContracting: [1] })),
  ).toEqual(product);
  expect(
    run([aT, b32], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), { ...plain, lhsContracting: [0] })),
  ).toEqual(product);
  expect(
    run([aT, bT], (b, ...v) =>
      b.dotGeneral(at(v, 0), at(v, 1), { ...plain, lhsContracting: [0], rhsContracting: [1] }),
    ),
  ).toEqual(product);
});

test("batching, two contracted dimensions, none", () => {
  // For each row: the inner product of the rows of a and b.
  const rows = { lhsBatching: [0], rhsBatching: [0], lhsContracting: [1], rhsContracting: [1] };
  expect(run([a, b23], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), rows))).toEqual([7, 17]);
  const all = { lhsBatching: [], rhsBatching: [], lhsContracting: [0, 1], rhsContracting: [0, 1] };
  expect(run([a, b23], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), all))).toEqual([24]);
  const crossed = { ...all, rhsContracting: [1, 0] };
  // sum over i, j of a[i, j] * c[j, i]
  expect(run([a, b32], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), crossed))).toEqual([24]);
  const outer = { lhsBatching: [], rhsBatching: [], lhsContracting: [], rhsContracting: [] };
  expect(run([f32([1, 2]), f32([3, 4, 5])], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), outer))).toEqual([
    3, 4, 5, 6, 8, 10,
  ]);
});

test("result dimensions: batching, free lhs, free rhs, wherever they stood", () => {
  // lhs [k=2, b=2, m=1], rhs [n=2, k=2, b=2]: result[b, m, n] = sum over k of lhs[k, b, m] rhs[n, k, b]
  const lhs = f32([1, 2, 3, 4], [2, 2, 1]);
  const rhs = f32([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
  const dims = { lhsBatching: [1], rhsBatching: [2], lhsContracting: [0], rhsContracting: [1] };
  expect(run([lhs, rhs], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), dims))).toEqual([10, 26, 20, 44]);
});

test("an empty contraction gives 0, an empty side gives nothing", () => {
  expect(
    run([f32([], [2, 0]), f32([], [0, 2])], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), plain)),
  ).toEqual([0, 0, 0, 0]);
  expect(
    run([f32([], [0, 2]), f32([1, 2], [2, 1])], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), plain)),
  ).toEqual([]);
});

test("the product is rounded before it is added, and sums run in increasing order", () => {
  const dot = (x: readonly number[], y: readonly number[]) =>
    run([f32(x, [1, x.length]), f32(y, [y.length, 1])], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), plain));
  // (1 + 2^-12)^2 = 1 + 2^-11 + 2^-24 loses its last bit; fused with the -1 - 2^-11 it would not.
  const x = 1 + 2 ** -12;
  expect(dot([1, x], [-(1 + 2 ** -11), x])).toEqual([0]);
  expect(dot([16777216, 1, 1], [1, 1, 1])).toEqual([16777216]);
  expect(dot([1, 1, 16777216], [1, 1, 1])).toEqual([16777218]);
});

test("NaN and infinity pass through zeros", () => {
  const x = f32([0, 1], [1, 2]);
  const y = f32([Number.POSITIVE_INFINITY, 1], [2, 1]);
  expect(run([x, y], (b, ...v) => b.dotGeneral(at(v, 0), at(v, 1), plain))).toEqual([Number.NaN]);
});
