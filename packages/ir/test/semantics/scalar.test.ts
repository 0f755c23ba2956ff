// The scalar meanings at the values where a plausible other meaning would differ.

import { describe, expect, test } from "@jest/globals";
import {
  type BinaryName,
  binaryOps,
  binaryScalar,
  ConstraintError,
  compareScalar,
  convertScalar,
  type Direction,
  type ElementType,
  ops,
  type ReduceKind,
  reduction,
  tensor,
  type UnaryName,
  unaryOps,
  unaryScalar,
} from "@netwright/ir";
import { erf, exponential, log, logPlusOne, power, rsqrt, tanh } from "@netwright/ir/numerics";

const NAN = Number.NaN;
const INF = Number.POSITIVE_INFINITY;
const I32_MIN = -2147483648;
const I32_MAX = 2147483647;
const U32_MAX = 4294967295;
const F32_MAX = 3.4028234663852886e38;
const DTYPES: readonly ElementType[] = ["f32", "i32", "u32", "pred"];

describe("unaryScalar", () => {
  // toBe compares as Object.is: -0 differs from +0, NaN equals NaN.
  test.each<[UnaryName, ElementType, number, number]>([
    ["abs", "f32", -0, 0],
    ["abs", "f32", -INF, INF],
    ["abs", "i32", -5, 5],
    ["abs", "i32", I32_MIN, I32_MIN],
    ["negate", "f32", 0, -0],
    ["negate", "i32", 0, 0],
    ["negate", "i32", I32_MIN, I32_MIN],
    ["sign", "f32", -0, -0],
    ["sign", "f32", NAN, NAN],
    ["sign", "f32", -3.5, -1],
    ["sign", "i32", -7, -1],
    ["floor", "f32", -0.5, -1],
    ["floor", "f32", -0, -0],
    ["sqrt", "f32", 2, Math.fround(Math.SQRT2)],
    ["sqrt", "f32", -0, -0],
    ["sqrt", "f32", -1, NAN],
    ["rsqrt", "f32", 4, 0.5],
    ["not", "i32", 5, -6],
    ["not", "u32", 0, U32_MAX],
    ["not", "pred", 1, 0],
    ["not", "pred", 0, 1],
  ])("%s in %s of %d is %d", (name, dtype, x, expected) => {
    expect(unaryScalar(name, dtype)(x)).toBe(expected);
  });

  test("the elementary functions are those of numerics", () => {
    const x = Math.fround(0.7);
    expect(unaryScalar("exponential", "f32")(x)).toBe(exponential(x));
    expect(unaryScalar("log", "f32")(x)).toBe(log(x));
    expect(unaryScalar("log_plus_one", "f32")(x)).toBe(logPlusOne(x));
    expect(unaryScalar("rsqrt", "f32")(x)).toBe(rsqrt(x));
    expect(unaryScalar("tanh", "f32")(x)).toBe(tanh(x));
    expect(unaryScalar("erf", "f32")(x)).toBe(erf(x));
    expect(binaryScalar("power", "f32")(x, 3)).toBe(power(x, 3));
  });
});

describe("binaryScalar", () => {
  test.each<[BinaryName, ElementType, number, number, number]>([
    ["add", "f32", -0, 0, 0],
    ["add", "f32", 16777216, 1, 16777216],
    ["add", "f32", F32_MAX, F32_MAX, INF],
    ["add", "i32", I32_MAX, 1, I32_MIN],
    ["add", "u32", U32_MAX, 1, 0],
    ["subtract", "f32", -0, 0, -0],
    ["subtract", "i32", I32_MIN, 1, I32_MAX],
    ["subtract", "u32", 0, 1, U32_MAX],
    ["multiply", "f32", 0.10000000149011612, 0.10000000149011612, 0.010000000707805157],
    ["multiply", "i32", 65537, 65537, 131073],
    ["multiply", "u32", U32_MAX, U32_MAX, 1],
    ["divide", "f32", 1, 3, 0.3333333432674408],
    ["divide", "f32", 1, -0, -INF],
    ["divide", "i32", -7, 2, -3],
    ["divide", "i32", 7, 0, -1],
    ["divide", "i32", I32_MIN, -1, I32_MIN],
    ["divide", "i32", -1, 2, 0],
    ["divide", "u32", U32_MAX, 2, I32_MAX],
    ["divide", "u32", 7, 0, U32_MAX],
    ["maximum", "f32", -0, 0, 0],
    ["maximum", "f32", 0, -0, 0],
    ["maximum", "f32", 1, NAN, NAN],
    ["maximum", "i32", -1, 1, 1],
    ["minimum", "f32", 0, -0, -0],
    ["minimum", "f32", NAN, 1, NAN],
    ["minimum", "u32", 3, U32_MAX, 3],
    ["remainder", "f32", -5.5, 2, -1.5],
    ["remainder", "f32", -4, 2, -0],
    ["remainder", "f32", 5, INF, 5],
    ["remainder", "f32", 5, 0, NAN],
    ["remainder", "i32", -4, 2, 0],
    ["remainder", "i32", -7, 2, -1],
    ["remainder", "i32", -7, 0, -7],
    ["remainder", "u32", U32_MAX, 10, 5],
    ["remainder", "u32", 7, 0, 7],
    ["and", "u32", U32_MAX, 0x80000001, 0x80000001],
    ["and", "i32", -1, 6, 6],
    ["and", "pred", 1, 0, 0],
    ["or", "u32", 0x80000000, 1, 0x80000001],
    ["or", "i32", I32_MIN, 1, -2147483647],
    ["or", "pred", 1, 0, 1],
  ])("%s in %s of %d and %d is %d", (name, dtype, x, y, expected) => {
    expect(binaryScalar(name, dtype)(x, y)).toBe(expected);
  });
});

test("a meaning exists for exactly the element types that the operation takes", () => {
  const isDefined = (find: () => unknown): boolean => {
    try {
      find();
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(ConstraintError);
      return false;
    }
  };
  const names = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as K[];
  for (const dtype of DTYPES) {
    const type = tensor(dtype);
    for (const name of names(unaryOps)) {
      const takes = isDefined(() => ops[name].infer([type], {}));
      expect([name, dtype, isDefined(() => unaryScalar(name, dtype))]).toEqual([name, dtype, takes]);
    }
    for (const name of names(binaryOps)) {
      const takes = isDefined(() => ops[name].infer([type, type], {}));
      expect([name, dtype, isDefined(() => binaryScalar(name, dtype))]).toEqual([name, dtype, takes]);
    }
  }
});

test.each<[Direction, number, number, number, number]>([
  // direction, of (1, 2), (2, 2), (3, 2), (NaN, 2)
  ["EQ", 0, 1, 0, 0],
  ["NE", 1, 0, 1, 1],
  ["LT", 1, 0, 0, 0],
  ["LE", 1, 1, 0, 0],
  ["GT", 0, 0, 1, 0],
  ["GE", 0, 1, 1, 0],
])("compareScalar(%s)", (direction, below, equal, above, unordered) => {
  const compare = compareScalar(direction);
  expect([1, 2, 3, NAN].map((x) => compare(x, 2))).toEqual([below, equal, above, unordered]);
  expect(compare(-0, 0)).toBe(compare(0, 0));
});

test.each<[ElementType, ElementType, number, number]>([
  ["f32", "i32", -1.9, -1],
  ["f32", "i32", 3e9, I32_MAX],
  ["f32", "i32", -INF, I32_MIN],
  ["f32", "i32", NAN, 0],
  ["f32", "i32", -0, 0],
  ["f32", "u32", 3e9, 3e9],
  ["f32", "u32", -5, 0],
  ["f32", "u32", INF, U32_MAX],
  ["f32", "u32", NAN, 0],
  ["f32", "pred", NAN, 1],
  ["f32", "pred", -0, 0],
  ["f32", "pred", 0.1, 1],
  ["f32", "f32", -0, -0],
  // 2^24 + 1 and 2^24 + 3 lie half way between two f32: to the even one.
  ["i32", "f32", 16777217, 16777216],
  ["i32", "f32", 16777219, 16777220],
  ["i32", "u32", -1, U32_MAX],
  ["i32", "pred", -3, 1],
  ["u32", "i32", U32_MAX, -1],
  ["u32", "f32", U32_MAX, 4294967296],
  ["u32", "pred", 0, 0],
  ["pred", "f32", 1, 1],
  ["pred", "i32", 1, 1],
])("convertScalar(%s, %s) of %d is %d", (from, to, x, expected) => {
  expect(convertScalar(from, to)(x)).toBe(expected);
});

test.each<[ReduceKind, ElementType, readonly number[], number]>([
  ["sum", "f32", [], 0],
  ["sum", "f32", [-0], 0],
  ["sum", "f32", [16777216, 1, 1], 16777216],
  ["sum", "u32", [U32_MAX, 2], 1],
  ["product", "f32", [], 1],
  ["product", "i32", [65536, 65536], 0],
  ["max", "f32", [], -INF],
  ["max", "f32", [-1, NAN, 3], NAN],
  ["max", "i32", [], I32_MIN],
  ["max", "u32", [], 0],
  ["min", "f32", [], INF],
  ["min", "i32", [], I32_MAX],
  ["min", "u32", [], U32_MAX],
  ["min", "f32", [0, -0], -0],
])("reduction(%s, %s) over %j is %d", (kind, dtype, elements, expected) => {
  const { identity, combine } = reduction(kind, dtype);
  expect(elements.reduce(combine, identity)).toBe(expected);
});

test("reduction over pred is refused", () => {
  expect(() => reduction("sum", "pred")).toThrow(ConstraintError);
});
