// The derived elementwise operations by hand, on their awkward values; signs of zeros and shifts beyond the width are
// those of StableHLO's specification.

import { describe, expect, test } from "@jest/globals";
import type { Attributes } from "@netwright/ir";
import { at, f32, i32, lit, pred, run, u32 } from "./run-op.ts";

type Unary = "is_finite" | "ceil" | "round_nearest_even" | "round_nearest_afz";
type Binary = "xor" | "shift_left" | "shift_right_logical" | "shift_right_arithmetic";

const INF = Number.POSITIVE_INFINITY;
const NONE: Attributes[Unary | Binary] = {};

describe("roundings", () => {
  const x = f32([-2.5, -1.5, -0.5, -0.25, -0, 0, 0.49999997, 0.5, 1.5, 2.5, 8388609, -INF, Number.NaN]);
  test.each<{ name: Unary; expected: readonly number[] }>([
    { name: "is_finite", expected: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0] },
    { name: "ceil", expected: [-2, -1, -0, -0, -0, 0, 1, 1, 2, 3, 8388609, -INF, Number.NaN] },
    {
      name: "round_nearest_even",
      expected: [-2, -2, -0, -0, -0, 0, 0, 0, 2, 2, 8388609, -INF, Number.NaN],
    },
    {
      name: "round_nearest_afz",
      expected: [-3, -2, -1, -0, -0, 0, 0, 1, 2, 3, 8388609, -INF, Number.NaN],
    },
  ])("$name", ({ name, expected }) => {
    expect(run([x], (b, ...v) => at(b.emit(name, [at(v, 0)], NONE), 0))).toEqual(expected);
  });
});

describe("bits", () => {
  const LEAST = -2147483648;
  test.each<{ name: Binary; x: readonly number[]; y: readonly number[]; expected: readonly number[] }>([
    { name: "xor", x: [6, -1, LEAST], y: [3, 5, LEAST], expected: [5, -6, 0] },
    { name: "shift_left", x: [1, 3, -1, 1, 1], y: [0, 31, 4, 32, -1], expected: [1, LEAST, -16, 0, 0] },
    {
      name: "shift_right_logical",
      x: [-1, -1, LEAST, 7, 7],
      y: [28, 0, 31, 32, -1],
      expected: [15, -1, 1, 0, 0],
    },
    {
      name: "shift_right_arithmetic",
      x: [-16, -1, LEAST, LEAST, 7, 7],
      y: [2, 31, 31, 40, 1, -1],
      expected: [-4, -1, -1, -1, 3, 0],
    },
  ])("$name of i32", ({ name, x, y, expected }) => {
    expect(run([i32(x), i32(y)], (b, ...v) => at(b.emit(name, v, NONE), 0))).toEqual(expected);
  });

  test("u32 and truth values", () => {
    const xor = (x: ReturnType<typeof pred>, y: ReturnType<typeof pred>) =>
      run([x, y], (b, ...v) => at(b.emit("xor", v, NONE), 0));
    expect(xor(pred([0, 0, 1, 1]), pred([0, 1, 0, 1]))).toEqual([0, 1, 1, 0]);
    expect(xor(u32([4294967295]), u32([1]))).toEqual([4294967294]);
    const shifted = run([u32([2147483648, 2147483648]), u32([31, 33])], (b, ...v) =>
      at(b.emit("shift_right_arithmetic", v, NONE), 0),
    );
    expect(shifted).toEqual([4294967295, 4294967295]);
  });
});

test("clamp takes bounds for each or for all, and low before high", () => {
  const clamp = (low: Parameters<typeof run>[0][number], x: typeof low, high: typeof low) =>
    run([low, x, high], (b, ...v) => b.clamp(at(v, 0), at(v, 1), at(v, 2)));
  expect(clamp(lit("f32", [], [-1]), f32([-3, 0.5, 7, Number.NaN]), lit("f32", [], [1]))).toEqual([
    -1,
    0.5,
    1,
    Number.NaN,
  ]);
  expect(clamp(i32([0, 5]), i32([3, 3]), i32([2, 4]))).toEqual([2, 4]);
});

test("optimization_barrier gives its operands", () => {
  expect(run([f32([1, -0])], (b, ...v) => b.stopGradient(at(v, 0)))).toEqual([1, -0]);
});
