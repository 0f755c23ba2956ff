// Splits: nothing lost, equal rows together, sizes right, fixed by the seed.

import { describe, expect, test } from "@jest/globals";
import { type Shares, splitNames } from "@netwright/definitions";
import fc from "fast-check";
import { splitters } from "../../src/index.ts";
import type { RowSplits } from "../../src/split/split-rows.ts";
import { rowsNeeded, splitSizes } from "../../src/split/split-sizes.ts";
import { dealt } from "./dealt.ts";

const splitRows = (groups: Int32Array, shares: Shares, seed: number): RowSplits =>
  dealt("random", { groups, classes: null }, { ...shares, seed });

const usual = { train: 0.7, validation: 0.15, test: 0.15 };

const shares = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.nat(100), fc.nat(100))
  .map(([a, b, c]) => ({ train: a / (a + b + c), validation: b / (a + b + c), test: c / (a + b + c) }));

/** Group numbers without gaps, in order of appearance, with many repeats. */
const groups = fc.array(fc.nat(40), { minLength: 1, maxLength: 120 }).map((raw) => {
  const seen = [...new Set(raw)];
  return Int32Array.from(raw, (g) => seen.indexOf(g));
});

describe("splitSizes", () => {
  test("of the concrete data", () => {
    expect(splitSizes(1030, usual)).toEqual({ train: 721, validation: 155, test: 154 });
  });

  test("sum to the rows and are less than one away from the share", () => {
    fc.assert(
      fc.property(fc.nat(5000), shares, (rows, share) => {
        const sizes = splitSizes(rows, share);
        expect(sizes.train + sizes.validation + sizes.test).toBe(rows);
        for (const name of splitNames) {
          expect(Math.abs(sizes[name] - rows * share[name])).toBeLessThan(1);
          if (share[name] === 0) expect(sizes[name]).toBe(0);
        }
      }),
    );
  });

  test("whole percents of rows are the count that a person expects, though they are no binary fractions", () => {
    for (let rows = 1; rows <= 1000; rows += 1 + (rows % 7)) {
      for (let test = 1; test < 100; test++) {
        for (const validation of [0, 7, 29, 15]) {
          if (test + validation >= 100 || (rows * test) % 100 !== 0 || (rows * validation) % 100 !== 0)
            continue;
          const share = {
            train: (100 - test - validation) / 100,
            validation: validation / 100,
            test: test / 100,
          };
          expect(splitSizes(rows, share)).toEqual({
            train: (rows * (100 - test - validation)) / 100,
            validation: (rows * validation) / 100,
            test: (rows * test) / 100,
          });
        }
      }
    }
    // scikit-learn takes the ceiling of 7.000000000000001.
    expect(splitSizes(100, { train: 0.93, validation: 0, test: 0.07 }).test).toBe(7);
  });

  test("the rows needed are enough, and one fewer is not", () => {
    expect(rowsNeeded(2, usual)).toBe(5);
    expect(splitSizes(5, usual)).toEqual({ train: 3, validation: 1, test: 1 });
    expect(splitSizes(4, usual)).toEqual({ train: 3, validation: 1, test: 0 });
    expect(rowsNeeded(1, { train: 1, validation: 0, test: 0 })).toBe(2);
    expect(rowsNeeded(0, { train: 0.99, validation: 0, test: 0.01 })).toBeLessThanOrEqual(100);
  });
});

describe("random", () => {
  test("is a partition that keeps groups whole, with sizes within a group of the share", () => {
    fc.assert(
      fc.property(groups, shares, fc.maxSafeNat(), (group, share, seed) => {
        const split = splitRows(group, share, seed);
        const all = splitNames.flatMap((name) => [...split[name]]);
        expect([...all].sort((a, b) => a - b)).toEqual([...group.keys()]);
        const sizes = splitSizes(group.length, share);
        const members = new Map<number, number>();
        for (const g of group) members.set(g, (members.get(g) ?? 0) + 1);
        const largest = Math.max(...members.values());
        const owner = new Map<number, string>();
        for (const name of splitNames) {
          expect([...split[name]]).toEqual([...split[name]].sort((a, b) => a - b));
          expect(Math.abs(split[name].length - sizes[name])).toBeLessThan(largest);
          for (const position of split[name]) {
            const g = group[position] ?? -1;
            expect(owner.get(g) ?? name).toBe(name);
            owner.set(g, name);
          }
        }
        expect(splitRows(group, share, seed)).toEqual(split);
      }),
    );
  });

  test("single rows make up for larger groups, wherever those stand", () => {
    const large = [40, 40, 40, 41, 41, 42, 42];
    const group = Int32Array.from([...Array.from({ length: 40 }, (_, i) => i), ...large]);
    for (let seed = 0; seed < 100; seed++) {
      const split = splitRows(group, usual, seed);
      expect(splitNames.map((name) => split[name].length)).toEqual([33, 7, 7]);
    }
  });

  test("another seed gives another split", () => {
    const group = Int32Array.from({ length: 50 }, (_, i) => i);
    expect(splitRows(group, usual, 1)).not.toEqual(splitRows(group, usual, 0));
  });

  test("is the same in every release and on every machine", () => {
    const group = Int32Array.of(0, 1, 2, 0, 3, 4, 5, 6, 7, 8);
    const { train, validation, test } = splitRows(group, { train: 0.6, validation: 0.2, test: 0.2 }, 0);
    expect([[...train], [...validation], [...test]]).toEqual([
      [2, 4, 6, 7, 8, 9],
      [0, 3],
      [1, 5],
    ]);
  });

  test("rows go to each split as often as its share says", () => {
    const group = Int32Array.of(0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    const tested = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2000; seed++) {
      for (const position of splitRows(group, { train: 0.6, validation: 0.2, test: 0.2 }, seed).test) {
        tested[position] = (tested[position] ?? 0) + 1;
      }
    }
    // 400 each, standard deviation about 18.
    for (const n of tested) expect(Math.abs(n - 400)).toBeLessThan(90);
  });

  test("a group larger than a share does not break the split", () => {
    const split = splitRows(Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 2), usual, 0);
    expect(split.train.length + split.validation.length + split.test.length).toBe(10);
    expect(splitNames.map((name) => split[name].length)).toEqual([8, 1, 1]);
  });
});

describe("stratified", () => {
  const stratified = (groups: Int32Array, classes: Int32Array, share: Shares, seed: number): RowSplits =>
    dealt("stratified", { groups, classes }, { ...share, seed });
  const single = (rows: number) => Int32Array.from({ length: rows }, (_, i) => i);

  test("gives each split its share of each class, and each class a row to train on", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(5), { minLength: 1, maxLength: 200 }),
        shares,
        fc.nat(),
        (own, share, seed) => {
          const classes = Int32Array.from(own);
          const split = stratified(single(own.length), classes, share, seed);
          expect([...splitNames.flatMap((name) => [...split[name]])].sort((a, b) => a - b)).toEqual([
            ...own.keys(),
          ]);
          for (const one of new Set(own)) {
            const rows = own.filter((other) => other === one).length;
            const got = (name: (typeof splitNames)[number]) =>
              split[name].filter((row) => own[row] === one).length;
            expect(got("train")).toBeGreaterThan(0);
            for (const name of splitNames) {
              expect(Math.abs(got(name) - rows * share[name])).toBeLessThan(3);
              if (share[name] === 0) expect(got(name)).toBe(0);
            }
          }
          expect(stratified(single(own.length), classes, share, seed)).toEqual(split);
        },
      ),
    );
  });

  test("of many small classes does not leave a split without rows", () => {
    const classes = Int32Array.from({ length: 40 }, (_, i) => i % 10);
    const split = stratified(single(40), classes, usual, 0);
    expect(splitNames.map((name) => split[name].length)).toEqual([28, 6, 6]);
  });

  test("keeps equal rows together", () => {
    const group = Int32Array.from({ length: 60 }, (_, i) => i >> 1);
    const split = stratified(
      group,
      group.map((g) => g % 3),
      usual,
      4,
    );
    for (const name of splitNames) {
      const own = [...split[name]];
      expect(own.every((row) => own.includes(row ^ 1))).toBe(true);
    }
  });

  test("is the same in every release and on every machine", () => {
    const { train, validation, test } = stratified(
      single(10),
      Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1),
      { train: 0.6, validation: 0.2, test: 0.2 },
      0,
    );
    expect([[...train], [...validation], [...test]]).toEqual([
      [0, 4, 5, 7, 8, 9],
      [1, 2],
      [3, 6],
    ]);
  });
});

describe("fold", () => {
  const fold = (groups: Int32Array, share: Shares, seed: number, index: number, of: number): RowSplits =>
    dealt("fold", { groups, classes: null }, { ...share, seed, index, of });

  test("each row is tested once, equal rows together, and the rest is a split by shares", () => {
    fc.assert(
      fc.property(
        groups,
        shares,
        fc.maxSafeNat(),
        fc.integer({ min: 2, max: 7 }),
        (group, share, seed, of) => {
          const splits = Array.from({ length: of }, (_, index) => fold(group, share, seed, index, of));
          const tested = splits.flatMap(({ test }) => [...test]);
          // With few groups a fold may get none: then none has test rows, so that it is noticed at the first.
          if (tested.length === 0) return;
          expect(splits.filter(({ test }) => test.length === 0)).toEqual([]);
          expect(tested.sort((a, b) => a - b)).toEqual([...group.keys()]);
          const members = new Map<number, number>();
          for (const g of group) members.set(g, (members.get(g) ?? 0) + 1);
          const largest = Math.max(...members.values());
          for (const split of splits) {
            const all = splitNames.flatMap((name) => [...split[name]]);
            expect(all.sort((a, b) => a - b)).toEqual([...group.keys()]);
            const owner = new Map<number, string>();
            for (const name of splitNames) {
              expect([...split[name]]).toEqual([...split[name]].sort((a, b) => a - b));
              for (const position of split[name]) {
                const g = group[position] ?? -1;
                expect(owner.get(g) ?? name).toBe(name);
                owner.set(g, name);
              }
            }
            const rest = group.length - split.test.length;
            const validation = (rest * share.validation) / (share.train + share.validation);
            expect(Math.abs(split.validation.length - validation)).toBeLessThan(largest + 1);
            expect(Math.abs(split.test.length - group.length / of)).toBeLessThan(largest + 1);
          }
          expect(fold(group, share, seed, 0, of)).toEqual(splits[0]);
        },
      ),
    );
  });

  test("is the same in every release and on every machine", () => {
    const group = Int32Array.of(0, 1, 2, 0, 3, 4, 5, 6, 7, 8);
    const found = [0, 1, 2].map((index) => {
      const { train, validation, test } = fold(
        group,
        { train: 0.6, validation: 0.2, test: 0.2 },
        0,
        index,
        3,
      );
      return [[...train], [...validation], [...test]];
    });
    expect(found).toEqual([
      [
        [5, 7, 8, 9],
        [1, 2],
        [0, 3, 4, 6],
      ],
      [
        [1, 4, 6, 7, 9],
        [0, 3],
        [2, 5, 8],
      ],
      [
        [0, 3, 5, 6, 8],
        [2, 4],
        [1, 7, 9],
      ],
    ]);
  });

  test("another seed gives other folds, and there is none beyond the last", () => {
    const group = Int32Array.from({ length: 50 }, (_, i) => i);
    expect(fold(group, usual, 1, 0, 5)).not.toEqual(fold(group, usual, 0, 0, 5));
    expect(fold(group, usual, 1, 0, 5).validation).toHaveLength(7);
    expect(() => fold(group, usual, 1, 5, 5)).toThrow("there is no element 5");
    const conflict = (index: number) => splitters.get("fold")?.conflict({ ...usual, seed: 1, index, of: 5 });
    expect([conflict(4), conflict(5)?.problem]).toEqual([null, "there is no fold 5 of 5"]);
  });
});

test("every splitter has its documentation under its own name", () => {
  for (const [name, { name: own, doc, formula, example, source }] of splitters) {
    expect(own).toBe(name);
    for (const text of [doc, formula, example, source]) expect(text).not.toBe("");
  }
});
