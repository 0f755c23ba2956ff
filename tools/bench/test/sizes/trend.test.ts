import { describe, expect, test } from "@jest/globals";
import { cliffsOf } from "../../src/sizes/trend.ts";

const widths = [16, 32, 64, 128];
const batches = [1, 4, 16, 64];
/** Grows as the batch to the power of 0.5 and with the width to that of 0.25: no line of it is straight without logs. */
const smooth = widths.map((width) => batches.map((batch) => width ** 0.25 * batch ** 0.5));

const withPoint = (i: number, j: number, factor: number) =>
  smooth.map((row, r) => row.map((value, c) => (r === i && c === j ? value * factor : value)));

describe("cliffs", () => {
  test("growth by a power has none, steep as it may be", () => {
    const steep = widths.map((width) => batches.map((batch) => width ** 2 * batch ** 3));
    expect(cliffsOf(widths, batches, smooth)).toEqual([]);
    expect(cliffsOf(widths, batches, steep)).toEqual([]);
  });

  test.each([
    [0, 0, 0.45],
    [1, 2, 0.45],
    [3, 0, 0.45],
    // The neighbours may be the best that there is: no growth is expected at the upper end.
    [3, 3, 0.35],
  ])("a point at row %d, column %d below half of the trend is one, above it none", (i, j, low) => {
    const [width = 0, batch = 0] = [widths[i], batches[j]];
    const [cliff, ...others] = cliffsOf(widths, batches, withPoint(i, j, low));
    expect(cliff).toMatchObject({ width, batch });
    expect(others).toEqual([]);
    expect(cliffsOf(widths, batches, withPoint(i, j, 0.55))).toEqual([]);
  });

  test("what was not measured is bridged", () => {
    const grid: (number | null)[][] = withPoint(1, 1, 0.4).map((row) => [...row]);
    const [, row = []] = grid;
    row[2] = null;
    expect(cliffsOf(widths, batches, grid)).toMatchObject([{ width: 32, batch: 4 }]);
  });

  test("a plain that begins steeply expects no more of its first point than the steep line does", () => {
    const flat = [[1, 3, 4, 4]];
    expect(cliffsOf([16], batches, flat)).toEqual([
      { width: 16, batch: 1, gflops: 1, expected: expect.closeTo(2.25, 5), along: "batch" },
    ]);
    expect(cliffsOf([16], batches, [[1.2, 3, 4, 4]])).toEqual([]);
  });

  test("two sizes that hardly differ make no line for a third", () => {
    expect(cliffsOf([16], [1, 3, 4, 16], [[3.3, 9.2, 9.5, 21.7]])).toEqual([]);
  });
});
