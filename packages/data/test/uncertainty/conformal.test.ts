// The rank of split conformal prediction, held to values that exact fractions gave, and what follows from it.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { conformalRank, fitIntervals, fitSet, membersOf, rowsForShare, withRadius } from "../../src/index.ts";

const SHARES = [0.95, 0.9, 0.8, 0.7];

/** Rows, and the least whole number of at least share (rows + 1), by Python's `fractions`; one of each share. */
const RANKS: readonly (readonly [number, readonly number[]])[] = [
  [5, [6, 6, 5, 5]],
  [9, [10, 9, 8, 7]],
  [19, [19, 18, 16, 14]],
  [20, [20, 19, 17, 15]],
  [35, [35, 33, 29, 26]],
  [39, [38, 36, 32, 28]],
  [77, [75, 71, 63, 55]],
  [99, [95, 90, 80, 70]],
  [142, [136, 129, 115, 101]],
];

test.each(RANKS)("of %d rows the rank is exact", (rows, ranks) => {
  expect(SHARES.map((share) => conformalRank(rows, share))).toEqual(ranks);
});

test("shares are the decimals that were written: 0.55 * 100 is more than 55 in floating point", () => {
  expect(0.55 * 100).toBeGreaterThan(55);
  expect(conformalRank(99, 0.55)).toBe(55);
  expect(conformalRank(999, 0.001)).toBe(1);
  expect(conformalRank(10 ** 7 - 1, 1e-7)).toBe(1);
  expect(conformalRank(1, 0.1 + 0.2)).toBe(1);
});

test("so many rows are needed that the rank is not beyond them", () => {
  expect([0.5, 0.8, 0.9, 0.95, 0.99].map(rowsForShare)).toEqual([1, 4, 9, 19, 99]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), (thousandths) => {
      const share = thousandths / 1000;
      const needed = rowsForShare(share);
      expect(conformalRank(needed, share)).toBeLessThanOrEqual(needed);
      expect(needed === 1 || conformalRank(needed - 1, share) > needed - 1).toBe(true);
    }),
  );
});

const unbounded = [{ min: null, max: null }];
const zeros = (rows: number) => ({ lower: new Float64Array(rows), upper: new Float64Array(rows) });
const radius = (target: Float64Array, weights: Float64Array | null, share: number) =>
  fitIntervals(zeros(target.length), target, weights, share, unbounded)?.[0]?.radius ?? null;

describe("the radius", () => {
  // Out of order, and to both sides.
  const target = Float64Array.from({ length: 20 }, (_, i) => (((i * 7) % 20) + 1) * (i % 2 === 0 ? 1 : -1));

  test("is the score of that rank", () => {
    expect(radius(target, null, 0.9)).toBe(19);
    expect(radius(target, null, 0.7)).toBe(15);
  });

  test("is none where rows are too few, or one is no number", () => {
    expect(radius(target.slice(0, 8), null, 0.9)).toBeNull();
    expect(radius(Float64Array.from([...target, Number.NaN]), null, 0.9)).toBeNull();
  });

  test("is there for just enough rows, whatever rounding makes of their weights", () => {
    for (const share of [0.5, 0.8, 0.9, 0.95]) {
      const rows = rowsForShare(share);
      for (let seed = 0; seed < 200; seed++) {
        const weights = Float64Array.from({ length: rows }, (_, i) => 0.1 + ((i * 37 + seed * 11) % 97) / 7);
        expect(radius(Float64Array.from(weights.keys()), weights, share)).toBe(rows - 1);
      }
    }
  });

  test("takes rows that count the same as rows without weights, and leaves out those that count nothing", () => {
    expect(radius(target, new Float64Array(20).fill(0.3), 0.9)).toBe(19);
    const more = Float64Array.from([...target, 1000, 1000]);
    expect(
      radius(
        more,
        Float64Array.from(more, (y) => (y === 1000 ? 0 : 1)),
        0.9,
      ),
    ).toBe(19);
    const heavy = Float64Array.from(target, (y) => (Math.abs(y) <= 5 ? 10 : 1));
    // 0.7 of 65 and the mean of 3.25 is 47.775: the five small ones are 50.
    expect(radius(target, heavy, 0.7)).toBe(5);
  });
});

test("of rows drawn alike, the share that lies inside is in the mean the share that was asked for, and less than one rank more", () => {
  // All orders of ten different scores: how often the last is within the radius of the nine before.
  const scores = Array.from({ length: 10 }, (_, i) => i + 1);
  const inside = scores.filter((last) => {
    const others = Float64Array.from(scores.filter((one) => one !== last));
    return last <= (radius(others, null, 0.8) ?? 0);
  });
  expect(inside).toHaveLength(8);
});

test("ends keep to what the target may be, and do not cross where the radius is below 0", () => {
  const core = { lower: Float64Array.from([1, 5, 2]), upper: Float64Array.from([4, 9, 2]) };
  const ends = (by: number) => withRadius(core, [{ share: 0.9, radius: by, min: 0, max: 8 }]);
  expect([...ends(2).lower, ...ends(2).upper]).toEqual([0, 3, 0, 6, 8, 4]);
  expect([...ends(-1).lower, ...ends(-1).upper]).toEqual([2, 6, 2, 3, 8, 2]);
});

test("a set has the classes that are likely enough, and always the one that is predicted", () => {
  const probabilities = Float64Array.from([0.6, 0.3, 0.1, 0.2, 0.35, 0.45]);
  const set = fitSet(probabilities, Float64Array.from([1, 2]), null, 0.5);
  expect(set).toEqual({ share: 0.5, least: 0.3 });
  const sets = (least: number) => [
    ...membersOf(probabilities, Float64Array.from([0, 2]), { share: 0.5, least }),
  ];
  expect(sets(0.3)).toEqual([1, 1, 0, 0, 1, 1]);
  expect(sets(0.9)).toEqual([1, 0, 0, 0, 0, 1]);
});
