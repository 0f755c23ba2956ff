// gather, scatter, dynamic_slice and dynamic_update_slice on small tensors, computed by hand; the clamped starts and
// the rows are those of StableHLO's specification.

import { describe, expect, test } from "@jest/globals";
import { at, f32, i32, lit, run } from "./run-op.ts";

const INF = Number.POSITIVE_INFINITY;
const start = (value: number) => lit("i32", [], [value]);
const grid = f32([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4]);

describe("dynamic_slice", () => {
  test.each([
    { starts: [1, 2], expected: [6, 7, 10, 11] },
    { starts: [-5, 1], expected: [1, 2, 5, 6] },
    { starts: [9, 9], expected: [6, 7, 10, 11] },
  ])("2 x 2 at $starts", ({ starts, expected }) => {
    const result = run([grid, ...starts.map(start)], (b, x, ...rest) =>
      b.dynamicSlice(at([x], 0), rest, [2, 2]),
    );
    expect(result).toEqual(expected);
  });
});

test("dynamic_update_slice keeps the box inside", () => {
  const update = f32([-1, -2], [1, 2]);
  const put = (row: number, column: number) =>
    run([grid, update, start(row), start(column)], (b, x, u, ...rest) =>
      b.dynamicUpdateSlice(at([x], 0), at([u], 0), rest),
    );
  expect(put(1, 1)).toEqual([0, 1, 2, 3, 4, -1, -2, 7, 8, 9, 10, 11]);
  expect(put(7, 3)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2]);
});

test("gather takes rows as they are, whatever stands in the others", () => {
  const x = f32([-0, Number.NaN, INF, -INF, 1, 2], [3, 2]);
  const rows = run([x, i32([0, 2, -1, 5, 1])], (b, ...v) => b.gather(at(v, 0), at(v, 1)));
  expect(rows).toEqual([-0, Number.NaN, 1, 2, -0, Number.NaN, 1, 2, INF, -INF]);
});

describe("scatter", () => {
  const scatter = (
    kind: "add" | "set",
    x: readonly number[],
    at0: readonly number[],
    updates: readonly number[],
  ) => run([f32(x), i32(at0), f32(updates)], (b, ...v) => b.scatter(at(v, 0), at(v, 1), at(v, 2), kind));

  test("set: the last counts, and nothing outside", () => {
    expect(scatter("set", [1, 2, 3], [2, 0, 2, 3, -1], [10, 20, 30, 40, 50])).toEqual([20, 2, 30]);
  });

  test("add sums the updates of a row in order, then adds the row", () => {
    // From 0: 2^24 + 1 + 1 loses both ones; the row itself comes last.
    expect(scatter("add", [1, 7], [0, 0, 0], [16777216, 1, 1])).toEqual([16777216, 7]);
    expect(scatter("add", [0, 7], [0, 0, 0], [1, 1, 16777216])).toEqual([16777218, 7]);
  });

  test("add leaves rows without updates alone, and adds what is not finite last", () => {
    expect(scatter("add", [-0, -0], [1], [-0])).toEqual([-0, 0]);
    expect(scatter("add", [0, 0, 0], [0, 1, 1, 2], [INF, INF, -INF, Number.NaN])).toEqual([
      INF,
      Number.NaN,
      Number.NaN,
    ]);
    // Overflows to infinity before the negative one comes.
    expect(scatter("add", [0], [0, 0, 0], [-INF, 3e38, 3e38])).toEqual([Number.NaN]);
  });
});
