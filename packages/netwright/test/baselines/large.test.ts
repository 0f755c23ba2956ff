// Tables of which a part is learned from, and the pieces in which rows are read.

import { expect, test } from "@jest/globals";
import { type OpenEncoders, prepare, type Split, tableFromRecords } from "@netwright/data";
import * as fc from "fast-check";
import { firstKnown, knownRows, meanTargets, PIECE, piecesOf } from "../../src/baselines/known-rows.ts";
import { minimise } from "../../src/baselines/minimise.ts";
import { nearestIn } from "../../src/baselines/neighbours.ts";
import { firstRows, layoutOfRows, stacked } from "../../src/baselines/sparse-rows.ts";

const plan = {
  target: ["y"],
  features: "all",
  columns: {},
  scale: { name: "none", args: {} },
  missing: { name: "error", args: {} },
  split: { name: "random", args: { train: 1, validation: 0, test: 0, seed: 0 } },
  predicts: "number",
} as const;

function prepared(rows: number): { readonly split: Split; readonly encoders: OpenEncoders } {
  const records = Array.from({ length: rows }, (_, i) => ({ a: i + 1, b: i % 3, y: i }));
  const result = prepare(tableFromRecords(records, "rows"), plan);
  if (!("prepared" in result)) throw new Error(JSON.stringify(result.problems));
  return { split: result.prepared.splits.train, encoders: result.prepared.encoders };
}

const learning = { outputs: 1, asked: 100, seed: 7 };

test("all rows are taken as they lie, and of too many a sample of whole rows", () => {
  const { split, encoders } = prepared(3000);
  const all = knownRows(split, encoders, learning);
  expect(all.x.rows).toBe(3000);
  // Of so many that are asked, some will be left out for neighbours.
  const shuffled = knownRows(split, encoders, { ...learning, asked: 1e7 });
  expect([...shuffled.y].sort((a, b) => a - b)).toEqual([...all.y]);
  expect(shuffled.y).not.toEqual(all.y);
  expect([...all.y.subarray(0, 3)]).toEqual([...split.target.subarray(0, 3)]);
  const some = knownRows(split, encoders, { ...learning, most: 4000 });
  expect(some.x.rows % PIECE).toBe(0);
  expect(some.x.rows).toBeLessThan(3000);
  // By chance, and each with its own target: `a` is `y` and one.
  const first = [...some.y.subarray(0, PIECE)];
  expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(2000);
  for (let row = 0; row < some.x.rows; row++) {
    expect(some.x.values[some.x.starts[row] ?? -1]).toBe((some.y[row] ?? 0) + 1);
  }
  expect(knownRows(split, encoders, { ...learning, most: 4000 })).toEqual(some);
  expect(knownRows(split, encoders, { ...learning, seed: 8, most: 4000 }).y).not.toEqual(some.y);
});

test("pieces are the rows, and the first rows are the first", () => {
  const { split, encoders } = prepared(2100);
  const layout = layoutOfRows(encoders);
  const whole = stacked([...piecesOf(split, layout)], layout.width);
  const known = knownRows(split, encoders, learning);
  expect(whole).toEqual(known.x);
  expect(firstKnown(known, 10).x).toEqual(firstRows(whole, 10));
  expect(firstKnown(known, 10).y).toHaveLength(10);
  expect(firstKnown(known, 9999)).toEqual(known);
  // Zeros are not kept.
  expect(whole.places.length).toBe(2100 + whole.places.filter((place) => place === 1).length);
});

test("means go by what rows count", () => {
  const { split, encoders } = prepared(4);
  const known = { ...knownRows(split, encoders, learning), y: Float64Array.of(1, 2, 3, 4) };
  expect([...meanTargets(known)]).toEqual([2.5]);
  expect([...meanTargets({ ...known, weights: Float64Array.of(0, 0, 1, 3) })]).toEqual([3.75]);
});

test("the nearest rows are those of a sort by distance, the earlier of equally near ones first", () => {
  const number = fc.integer({ min: -4, max: 4 });
  const points = fc.array(fc.tuple(number, number), { minLength: 6, maxLength: 30 });
  const sparse = (list: readonly (readonly [number, number])[]) => ({
    rows: list.length,
    width: 2,
    starts: Int32Array.from({ length: list.length + 1 }, (_, i) => 2 * i),
    places: Int32Array.from({ length: 2 * list.length }, (_, i) => i % 2),
    values: Float32Array.from(list.flat()),
  });
  fc.assert(
    fc.property(points, fc.tuple(number, number), ([...train], [x, y]) => {
      const distance = ([a, b]: readonly [number, number]) => (a - x) ** 2 + (b - y) ** 2;
      const sorted = train.map((point, i) => [distance(point), i] as const);
      sorted.sort(([a, i], [b, j]) => a - b || i - j);
      const found = nearestIn(sparse(train))(sparse([[x, y]]), 5);
      expect([...found]).toEqual(sorted.slice(0, 5).map(([, i]) => i));
    }),
  );
});

test("the least of a long valley is found, and a start that is it is kept", () => {
  const valley = (x: Float64Array, gradient: Float64Array) => {
    const [a = 0, b = 0] = x;
    gradient[0] = 2e4 * (a - 3);
    gradient[1] = 2 * (b + 1);
    return 1e4 * (a - 3) ** 2 + (b + 1) ** 2;
  };
  const [a = 0, b = 0] = minimise(valley, Float64Array.of(0, 0));
  expect(a).toBeCloseTo(3, 8);
  expect(b).toBeCloseTo(-1, 6);
  expect([...minimise(valley, Float64Array.of(3, -1))]).toEqual([3, -1]);
});
