// The kernels apply the scalar meaning of the IR; here against values worked out by hand.

import { describe, expect, test } from "@jest/globals";
import type { Tensor } from "@netwright/backend-reference";
import type { BinaryName, Direction, ElementType, UnaryName } from "@netwright/ir";
import { at, f32, i32, lit, pred, runAll, u32 } from "./run-op.ts";

const NAN = Number.NaN;
const INF = Number.POSITIVE_INFINITY;
const one = (operands: readonly Tensor[], emit: Parameters<typeof runAll>[1]) => runAll(operands, emit)[0];

describe("unary", () => {
  const rows: readonly (readonly [UnaryName, Tensor, readonly number[]])[] = [
    ["abs", f32([-1.5, 0, 2, -INF, NAN]), [1.5, 0, 2, INF, NAN]],
    ["abs", i32([-7, 7, -2147483648]), [7, 7, -2147483648]],
    ["negate", f32([1, -0, INF]), [-1, 0, -INF]],
    ["negate", i32([5, -2147483648]), [-5, -2147483648]],
    ["sign", f32([-3, -0, 0, 4, NAN]), [-1, -0, 0, 1, NAN]],
    ["sign", i32([-9, 0, 9]), [-1, 0, 1]],
    ["exponential", f32([0, 1, -INF, INF]), [1, Math.fround(Math.E), 0, INF]],
    ["log", f32([1, 0, -1]), [0, -INF, NAN]],
    ["log_plus_one", f32([0, -1]), [0, -INF]],
    ["exponential_minus_one", f32([0, -INF]), [0, -1]],
    ["sqrt", f32([4, 2.25, -1]), [2, 1.5, NAN]],
    ["rsqrt", f32([4, 0.25, 0]), [0.5, 2, INF]],
    ["tanh", f32([0, INF, -INF]), [0, 1, -1]],
    ["logistic", f32([0, INF, -INF]), [0.5, 1, 0]],
    ["erf", f32([0, INF, -INF]), [0, 1, -1]],
    ["floor", f32([1.5, -1.5, 2, -0.25]), [1, -2, 2, -1]],
    ["not", i32([0, -1]), [-1, 0]],
    ["not", u32([0, 4294967295]), [4294967295, 0]],
    ["not", pred([0, 1]), [1, 0]],
  ];
  test.each(rows)("%s %#", (name, x, expected) => {
    expect(one([x], (b, values) => [b.unary(name, at(values, 0))])).toEqual(expected);
  });
});

describe("binary", () => {
  const rows: readonly (readonly [BinaryName, Tensor, Tensor, readonly number[]])[] = [
    ["add", f32([16777216, 0.5]), f32([1, 0.25]), [16777216, 0.75]],
    ["add", i32([2147483647]), i32([1]), [-2147483648]],
    ["add", u32([4294967295]), u32([2]), [1]],
    ["subtract", f32([1, INF]), f32([3, INF]), [-2, NAN]],
    ["subtract", u32([0]), u32([1]), [4294967295]],
    ["multiply", f32([3, 0]), f32([-0.5, INF]), [-1.5, NAN]],
    ["multiply", i32([65536, -3]), i32([65536, 7]), [0, -21]],
    ["divide", f32([1, 1, 0]), f32([4, 0, 0]), [0.25, INF, NAN]],
    ["divide", i32([7, -7, 3]), i32([2, 2, 0]), [3, -3, -1]],
    ["divide", u32([4294967295, 3]), u32([2, 0]), [2147483647, 4294967295]],
    ["maximum", f32([1, NAN, -0]), f32([2, 1, 0]), [2, NAN, 0]],
    ["minimum", f32([1, 1, 0]), f32([2, NAN, -0]), [1, NAN, -0]],
    ["minimum", u32([4294967295]), u32([1]), [1]],
    ["power", f32([2, 2, 0, -2]), f32([3, -1, 0, 2]), [8, 0.5, 1, 4]],
    ["remainder", f32([5.5, -5.5, 1]), f32([2, 2, 0]), [1.5, -1.5, NAN]],
    ["remainder", i32([-7, 7, 7]), i32([3, -3, 0]), [-1, 1, 7]],
    ["and", u32([0xf0f0f0f0]), u32([0xff00ff00]), [0xf000f000]],
    ["and", pred([0, 0, 1, 1]), pred([0, 1, 0, 1]), [0, 0, 0, 1]],
    ["or", i32([4]), i32([-8]), [-4]],
    ["or", pred([0, 0, 1, 1]), pred([0, 1, 0, 1]), [0, 1, 1, 1]],
  ];
  test.each(rows)("%s %#", (name, x, y, expected) => {
    expect(one([x, y], (b, values) => [b.binary(name, at(values, 0), at(values, 1))])).toEqual(expected);
  });
});

test("compare: with NaN all but NE are false, and -0 equals 0", () => {
  const x = f32([1, 2, NAN, -0]);
  const y = f32([2, 2, NAN, 0]);
  const expected: Readonly<Record<Direction, readonly number[]>> = {
    EQ: [0, 1, 0, 1],
    NE: [1, 0, 1, 0],
    GE: [0, 1, 0, 1],
    GT: [0, 0, 0, 0],
    LE: [1, 1, 0, 1],
    LT: [1, 0, 0, 0],
  };
  for (const direction of ["EQ", "NE", "GE", "GT", "LE", "LT"] as const) {
    const result = one([x, y], (b, values) => [b.compare(at(values, 0), direction, at(values, 1))]);
    expect(result).toEqual(expected[direction]);
  }
});

test("select takes the second operand where the predicate is true", () => {
  const operands = [pred([1, 0, 1]), u32([1, 2, 3]), u32([4294967295, 5, 6])];
  expect(one(operands, (b, v) => [b.select(at(v, 0), at(v, 1), at(v, 2))])).toEqual([1, 5, 3]);
});

describe("convert", () => {
  const rows: readonly (readonly [Tensor, ElementType, readonly number[]])[] = [
    [f32([1.9, -1.9, 3e9, -3e9, NAN]), "i32", [1, -1, 2147483647, -2147483648, 0]],
    [f32([1.9, -1.9, 5e9, NAN]), "u32", [1, 0, 4294967295, 0]],
    [f32([0, -0, 0.1, NAN]), "pred", [0, 0, 1, 1]],
    [i32([16777217, -1]), "f32", [16777216, -1]],
    [i32([-1]), "u32", [4294967295]],
    [u32([4294967295]), "i32", [-1]],
    [u32([4294967295, 1]), "f32", [4294967296, 1]],
    [lit("pred", [2], [0, 1]), "f32", [0, 1]],
    [pred([0, 1]), "i32", [0, 1]],
  ];
  test.each(rows)("%# to %s", (x, dtype, expected) => {
    expect(one([x], (b, values) => [b.convert(at(values, 0), dtype)])).toEqual(expected);
  });
});
