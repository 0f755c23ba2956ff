// Folds with classes or groups: each row is tested once, and what belongs together stays together.

import { describe, expect, test } from "@jest/globals";
import { splitNames } from "@netwright/definitions";
import fc from "fast-check";
import { isProblem } from "../../src/split/splitter.ts";
import { table } from "../support.ts";
import { dealt, dealtOf, splitsOf } from "./dealt.ts";

const rest = { train: 0.8, validation: 0.2, seed: 5 };

describe("stratified_fold", () => {
  const single = (rows: number) => Int32Array.from({ length: rows }, (_, i) => i);
  const foldsOf = (classes: Int32Array, of: number, seed = 5) =>
    Array.from({ length: of }, (_, index) =>
      dealt("stratified_fold", { groups: single(classes.length), classes }, { ...rest, seed, index, of }),
    );

  test("neither a class nor the folds differ by more than one row; each row is tested once", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 10, maxLength: 120 }),
        fc.integer({ min: 2, max: 6 }),
        fc.nat(),
        (classes, of, seed) => {
          const folds = foldsOf(Int32Array.from(classes), of, seed % 1000);
          const tested = folds.flatMap(({ test }) => [...test]);
          expect(tested.sort((a, b) => a - b)).toEqual([...single(classes.length)]);
          const sizes = folds.map(({ test }) => test.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          for (const one of new Set(classes)) {
            const counts = folds.map((fold) => fold.test.filter((row) => classes[row] === one).length);
            expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          }
          for (const fold of folds) {
            const all = splitNames.flatMap((name) => [...fold[name]]);
            expect(all.sort((a, b) => a - b)).toEqual([...single(classes.length)]);
          }
        },
      ),
    );
  });

  test("the rest is stratified too", () => {
    const classes = Int32Array.from({ length: 100 }, (_, i) => (i < 20 ? 1 : 0));
    for (const { train, validation, test } of foldsOf(classes, 5)) {
      const ones = [train, validation, test].map((rows) => rows.filter((row) => classes[row] === 1).length);
      expect(ones).toEqual([13, 3, 4]);
    }
  });
});

describe("grouped_fold", () => {
  const patients = (groups: readonly number[]) =>
    table(`who,x\n${groups.map((who, i) => `p${who},${i}`).join("\n")}\n`);

  test("no group is in two splits, no fold is empty, and each row is tested once", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(30), { minLength: 5, maxLength: 80 }),
        fc.integer({ min: 2, max: 4 }),
        fc.nat(1000),
        (groups, of, seed) => {
          fc.pre(new Set(groups).size > of);
          const data = patients(groups);
          const tested: number[] = [];
          for (let index = 0; index < of; index++) {
            const splits = splitsOf("grouped_fold", data, { ...rest, by: ["who"], seed, index, of });
            expect(splits.test.length).toBeGreaterThan(0);
            tested.push(...splits.test);
            const owner = new Map<number, string>();
            for (const name of splitNames) {
              for (const row of splits[name]) {
                const group = groups[row] ?? -1;
                expect(owner.get(group) ?? name).toBe(name);
                owner.set(group, name);
              }
            }
          }
          expect(tested.sort((a, b) => a - b)).toEqual([...groups.keys()]);
        },
      ),
    );
  });

  test("fewer groups than folds", () => {
    const result = dealtOf("grouped_fold", patients([1, 2, 1, 2]), { ...rest, by: ["who"], index: 0, of: 3 });
    expect(isProblem(result) ? result.message : "").toBe(
      "There are 2 groups by `who`, and each of 3 folds needs one.",
    );
  });
});
