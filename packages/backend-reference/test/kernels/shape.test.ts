// Moving elements, on tensors small enough to write the result down.

import { describe, expect, test } from "@jest/globals";
import { tensor } from "@netwright/ir";
import { at, f32, i32, run, u32 } from "./run-op.ts";

const matrix = f32([1, 2, 3, 4, 5, 6], [2, 3]);

describe("constant and iota", () => {
  test("one number fills, a list is row-major", () => {
    expect(run([], (b) => b.fill(tensor("i32", [2, 2]), -3))).toEqual([-3, -3, -3, -3]);
    expect(run([], (b) => b.literal(tensor("u32", [3]), [1, 4294967295, 0]))).toEqual([1, 4294967295, 0]);
    expect(run([], (b) => b.literal(tensor("f32", [1]), [2.5]))).toEqual([2.5]);
  });
  test("a fill of nothing is nothing", () => {
    expect(run([], (b) => b.fill(tensor("f32", [0, 4]), 1))).toEqual([]);
  });
  test("iota counts along one dimension", () => {
    expect(run([], (b) => b.iota(tensor("i32", [2, 3]), 0))).toEqual([0, 0, 0, 1, 1, 1]);
    expect(run([], (b) => b.iota(tensor("f32", [2, 3]), 1))).toEqual([0, 1, 2, 0, 1, 2]);
  });
});

describe("broadcast_in_dim", () => {
  test("a scalar, a row, a column, and a dimension of size 1", () => {
    expect(run([f32([7], [])], (b, ...v) => b.spread(at(v, 0), [2, 2]))).toEqual([7, 7, 7, 7]);
    expect(run([f32([1, 2, 3])], (b, ...v) => b.broadcastInDim(at(v, 0), [2, 3], [1]))).toEqual([
      1, 2, 3, 1, 2, 3,
    ]);
    expect(run([f32([1, 2])], (b, ...v) => b.broadcastInDim(at(v, 0), [2, 3], [0]))).toEqual([
      1, 1, 1, 2, 2, 2,
    ]);
    expect(run([f32([1, 2], [2, 1])], (b, ...v) => b.broadcastInDim(at(v, 0), [2, 2], [0, 1]))).toEqual([
      1, 1, 2, 2,
    ]);
  });
});

test("reshape keeps the row-major order", () => {
  expect(run([matrix], (b, ...v) => b.reshape(at(v, 0), [3, 1, 2]))).toEqual([1, 2, 3, 4, 5, 6]);
});

test("transpose", () => {
  expect(run([matrix], (b, ...v) => b.transpose(at(v, 0), [1, 0]))).toEqual([1, 4, 2, 5, 3, 6]);
  // result[i, j, k] = x[j, k, i] for x of shape [2, 1, 3]
  const cube = f32([1, 2, 3, 4, 5, 6], [2, 1, 3]);
  expect(run([cube], (b, ...v) => b.transpose(at(v, 0), [2, 0, 1]))).toEqual([1, 4, 2, 5, 3, 6]);
});

test("concatenate along either dimension, with an empty operand", () => {
  const low = i32([1, 2], [1, 2]);
  const high = i32([3, 4, 5, 6], [2, 2]);
  const none = i32([], [0, 2]);
  expect(run([low, none, high], (b, ...v) => b.concatenate(v, 0))).toEqual([1, 2, 3, 4, 5, 6]);
  const left = i32([1, 2], [2, 1]);
  expect(run([left, high], (b, ...v) => b.concatenate(v, 1))).toEqual([1, 3, 4, 2, 5, 6]);
});

test("slice with strides", () => {
  expect(run([matrix], (b, ...v) => b.slice(at(v, 0), [0, 1], [2, 3]))).toEqual([2, 3, 5, 6]);
  expect(run([f32([0, 1, 2, 3, 4, 5])], (b, ...v) => b.slice(at(v, 0), [1], [6], [2]))).toEqual([1, 3, 5]);
  expect(run([matrix], (b, ...v) => b.slice(at(v, 0), [1, 0], [1, 3]))).toEqual([]);
});

test("reverse", () => {
  expect(run([matrix], (b, ...v) => b.reverse(at(v, 0), [1]))).toEqual([3, 2, 1, 6, 5, 4]);
  expect(run([matrix], (b, ...v) => b.reverse(at(v, 0), [0, 1]))).toEqual([6, 5, 4, 3, 2, 1]);
});

describe("pad", () => {
  const x = u32([1, 2, 3]);
  const fill = u32([9], []);
  test("around and between", () => {
    expect(run([x, fill], (b, ...v) => b.pad(at(v, 0), at(v, 1), [1], [2], [1]))).toEqual([
      9, 1, 9, 2, 9, 3, 9, 9,
    ]);
  });
  test("negative padding removes, also what lies between", () => {
    expect(run([x, fill], (b, ...v) => b.pad(at(v, 0), at(v, 1), [-1], [0]))).toEqual([2, 3]);
    expect(run([x, fill], (b, ...v) => b.pad(at(v, 0), at(v, 1), [-1], [-1], [1]))).toEqual([9, 2, 9]);
    expect(run([x, fill], (b, ...v) => b.pad(at(v, 0), at(v, 1), [-4], [4]))).toEqual([9, 9, 9]);
  });
  test("two dimensions", () => {
    const y = u32([1, 2], [1, 2]);
    expect(run([y, fill], (b, ...v) => b.pad(at(v, 0), at(v, 1), [1, 0], [0, 1]))).toEqual([
      9, 9, 9, 1, 2, 9,
    ]);
  });
});
