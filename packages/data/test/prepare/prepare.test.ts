// From table and plan to encoded splits: what is fitted on what, and what is said about bad plans and data.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { prepare } from "../../src/index.ts";
import { column, planOf, prepared, problemsOf, table, type Written } from "../support.ts";

const fails = (text: string, changes: Written = {}) => problemsOf(prepare(table(text), planOf(changes)));

const warnings = (text: string, changes: Written = {}) => {
  const result = prepare(table(text), planOf(changes));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.warnings;
};

describe("what comes out", () => {
  test("features in the order of the file, encoded; the target encoded and as it is", () => {
    const { features, target, splits } = prepared(table("b,y,a\n1,10,5\n3,30,9\n"));
    expect([features, target]).toEqual([["b", "a"], ["y"]]);
    expect(splits.train).toEqual({
      rows: 2,
      rowNumbers: Int32Array.of(1, 2),
      x: Float32Array.of(-1, -1, 1, 1),
      y: Float32Array.of(-1, 1),
      target: Float64Array.of(10, 30),
    });
    expect(splits.test).toMatchObject({ rows: 0, x: new Float32Array(0) });
  });

  test("features in the order of the plan; text that nobody uses is no matter", () => {
    const data = table("id,b,y,a\nr1,1,10,5\nr2,3,30,9\n");
    expect(prepared(data, { features: ["a", "b"], scale: "none" }).splits.train.x).toEqual(
      Float32Array.of(5, 1, 9, 3),
    );
  });

  test("several targets", () => {
    const { splits } = prepared(table("a,y,z\n1,2,3\n4,5,6\n"), { target: ["z", "y"], scale: "none" });
    expect(splits.train.y).toEqual(Float32Array.of(3, 2, 6, 5));
  });

  test("a column's own encoder", () => {
    const columns = { a: { ...column, scale: "minmax" } };
    expect(prepared(table("a,y\n1,2\n5,3\n"), { columns, scale: "none" }).splits.train.x).toEqual(
      Float32Array.of(0, 1),
    );
  });

  test("encoders and fills see the training rows alone", () => {
    const rows = fc.array(fc.tuple(fc.option(fc.nat(50)), fc.nat(50)), { minLength: 12, maxLength: 40 });
    const policy = fc.constantFrom("mean" as const, "median" as const);
    fc.assert(
      fc.property(rows, fc.nat(20), policy, (raw, seed, missing) => {
        // The third column keeps rows apart, so that the split is the same whatever the others hold.
        const csv = (cells: readonly (readonly [number | null, number])[]) =>
          table(`a,y,k\n${cells.map(([a, y], i) => `${a ?? ""},${y},${i}`).join("\n")}\n`);
        const split = { train: 0.5, validation: 0.25, test: 0.25, seed };
        const first = prepare(csv(raw), planOf({ split, missing }));
        fc.pre("prepared" in first);
        const inTraining = new Set(first.prepared.splits.train.rowNumbers);
        const changed = raw.map(([a, y], i) =>
          inTraining.has(i + 1) ? ([a, y] as const) : ([999, y + 1] as const),
        );
        expect(prepared(csv(changed), { split, missing }).encoders.fitted).toEqual(
          first.prepared.encoders.fitted,
        );
      }),
    );
  });

  test("over all folds each row is a test row once; shares are those of the fold", () => {
    const data = table(`a,y\n${Array.from({ length: 43 }, (_, i) => `${i % 20},${i % 20}`).join("\n")}\n`);
    const split = { train: 0.6, validation: 0.2, test: 0.2, seed: 4 };
    const folds = [0, 1, 2, 3].map((index) => {
      const splitter = { name: "fold", args: { index, of: 4 } };
      return prepared(data, { scale: "none", split: { ...split, splitter } }).splits;
    });
    const tested = folds.flatMap(({ test: rows }) => [...rows.rowNumbers]);
    expect(tested.sort((a, b) => a - b)).toEqual(Array.from({ length: 43 }, (_, i) => i + 1));
    for (const { train, validation, test: own } of folds) {
      const near = (rows: number, expected: number) => expect(Math.abs(rows - expected)).toBeLessThan(3);
      near(train.rows, 43 * 0.75 * 0.75);
      near(validation.rows, 43 * 0.75 * 0.25);
      near(own.rows, 43 / 4);
      for (const value of own.x) expect([...train.x, ...validation.x]).not.toContain(value);
    }
  });

  test("rows of all splits are those of the file, once each, with equal rows in one split", () => {
    const rows = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(rows, fc.nat(100), (raw, seed) => {
        const data = table(`a,y\n${raw.map((r) => r.join()).join("\n")}\n`);
        const result = prepare(
          data,
          planOf({ scale: "none", split: { train: 0.6, validation: 0.2, test: 0.2, seed } }),
        );
        fc.pre("prepared" in result);
        const { train, validation, test } = result.prepared.splits;
        const seen = new Map<string, string>();
        const numbers: number[] = [];
        for (const [name, split] of Object.entries({ train, validation, test })) {
          for (const [i, number] of split.rowNumbers.entries()) {
            numbers.push(number);
            expect([split.x[i], split.y[i]]).toEqual(raw[number - 1]);
            const key = String(raw[number - 1]);
            expect(seen.get(key) ?? name).toBe(name);
            seen.set(key, name);
          }
        }
        expect(numbers.sort((a, b) => a - b)).toEqual(raw.map((_, i) => i + 1));
      }),
    );
  });
});

describe("missing values", () => {
  const text = "a,b,y\n1,2,3\n,4,5\n5,,\n6,7,8\n";

  test("are errors by default, all columns at once", () => {
    expect(fails(text)).toMatchObject([
      {
        code: "NW0631",
        message: "In row 2 (line 3) of `data.csv`, column `a` has no value.",
        notes: [
          "Add the value, or say what to do with missing ones: `missing: mean`, `median`, `constant(0)` or `drop`.",
        ],
        setting: "source",
        row: 2,
        line: 3,
        column: "a",
      },
      { row: 3, column: "b" },
      {
        row: 3,
        column: "y",
        setting: "target",
        notes: [expect.stringContaining("A target is never filled in")],
      },
    ]);
  });

  test("are filled in, and rows dropped, as each column says", () => {
    const columns = {
      a: { ...column, missing: "median" as const },
      y: { ...column, missing: "drop" as const },
    };
    const { splits, encoders } = prepared(table(text), { columns, scale: "none", missing: "mean" });
    expect(splits.train.rowNumbers).toEqual(Int32Array.of(1, 2, 4));
    expect(splits.train.x).toEqual(Float32Array.of(1, 2, 3.5, 4, 6, 7));
    expect(encoders.features.map((c) => c.fitted.missing)).toEqual([
      { policy: "median", fill: 3.5 },
      { policy: "mean", fill: 13 / 3 },
    ]);
    expect(encoders.target[0]?.fitted.missing).toEqual({ policy: "drop", fill: null });
  });

  test("dropped rows are counted", () => {
    expect(warnings(text, { missing: "drop" })).toMatchObject([
      {
        code: "NW0637",
        severity: "warning",
        message: "2 rows of 4 in `data.csv` have missing values and are left out, as `missing: drop` says.",
      },
    ]);
    const long = `a,y\n${",1\n".repeat(1030)}${"1,2\n3,4\n5,6\n".repeat(400)}`;
    expect(warnings(long, { missing: "drop" })[0]?.message).toMatch(/^1,030 rows of 2,230 in/);
  });

  test("the warning points at the `drop` that left them out, which may be that of a column", () => {
    const settings = (plan: Written) => warnings(text, plan).map(({ setting }) => setting);
    const drops = { ...column, missing: "drop" as const };
    expect(settings({ missing: "drop" })).toEqual(["missing"]);
    expect(settings({ missing: "median", columns: { y: drops } })).toEqual(["columns.y"]);
    expect(settings({ missing: "drop", columns: { y: drops } })).toEqual(["missing"]);
  });

  test("a target is not filled in by the section's rule, and may not ask for it", () => {
    expect(fails(text, { missing: "mean" })).toMatchObject([{ code: "NW0631", column: "y" }]);
    const columns = { y: { ...column, missing: "mean" as const } };
    expect(fails(text, { missing: "mean", columns })).toMatchObject([
      { code: "NW0644", setting: "columns.y" },
    ]);
  });

  test("a column without any value has nothing to fill in", () => {
    expect(fails("a,b,y\n,1,1\n,2,2\n", { missing: "mean" })).toMatchObject([
      { code: "NW0638", message: "Column `a` has no value in any of the 2 training rows.", column: "a" },
    ]);
  });
});

describe("values", () => {
  test("text, infinity and words for missing values, with row and column, many counted", () => {
    const text = `a,b,y\nabc,1,NaN\n${"x,1,2\n".repeat(1000)}1,-Infinity,3\n`;
    const [a, b, y, ...others] = fails(text);
    expect(others).toEqual([]);
    expect(a).toMatchObject({ code: "NW0630", row: 1, line: 2, column: "a" });
    expect(a?.message).toBe(
      "In row 1 (line 2) of `data.csv`, column `a` has the text `abc` where a number is expected.",
    );
    expect(a?.notes[0]).toBe(
      "Likewise in 1,000 other rows: row 2 (line 3), row 3 (line 4), row 4 (line 5), row 5 (line 6), row 6 (line 7), and 995 more.",
    );
    expect(b).toMatchObject({
      code: "NW0632",
      row: 1002,
      column: "b",
      message: expect.stringContaining("is -Infinity"),
    });
    expect(y).toMatchObject({
      code: "NW0631",
      row: 1,
      column: "y",
      message: expect.stringContaining("has no value"),
    });
  });

  test("the contract, for features and target", () => {
    const columns = {
      a: { ...column, unit: "days", min: 1, max: 365 },
      y: { ...column, max: 10 },
    };
    expect(fails("a,y\n1,11\n365,10\n0,1\n366,1\n", { columns })).toMatchObject([
      {
        code: "NW0633",
        message:
          "In row 3 (line 4) of `data.csv`, column `a` is 0 days, below the minimum of 1 days that the model states.",
        setting: "columns.a",
        row: 3,
        line: 4,
        column: "a",
      },
      {
        code: "NW0633",
        row: 4,
        message: expect.stringContaining("is 366 days, above the maximum of 365 days"),
      },
      { code: "NW0633", row: 1, column: "y", setting: "columns.y" },
    ]);
  });

  test("the domain of log1p", () => {
    expect(fails("a,y\n1,2\n-1,3\n", { scale: "log1p" })).toMatchObject([
      {
        code: "NW0634",
        message:
          "In row 2 (line 3) of `data.csv`, column `a` is -1, but `log1p` takes only values greater than -1.",
        row: 2,
        column: "a",
      },
    ]);
  });

  test("numbers beyond f32, or too large to scale", () => {
    expect(fails("a,y\n1e39,2\n1,3\n", { scale: "none" })).toMatchObject([
      { code: "NW0635", row: 1, column: "a", setting: "source" },
    ]);
    expect(fails("a,y\n1e308,2\n-1e308,3\n")).toMatchObject([{ code: "NW0635", column: "a" }]);
  });

  test.each(["zscore", "minmax", "log1p", "none"])(
    "a constant column is a warning and stays finite: %s",
    (scale) => {
      const text = "a,b,y\n0.1,1,5\n0.1,2,5\n0.1,3,5\n";
      expect(warnings(text, { scale })).toMatchObject([
        {
          code: "NW0636",
          severity: "warning",
          message: "Column `a` is 0.1 in all 3 training rows: nothing can be learned from it.",
          column: "a",
        },
        { code: "NW0636", column: "y" },
      ]);
      const { splits } = prepared(table(text), { scale });
      expect([...splits.train.x, ...splits.train.y].every(Number.isFinite)).toBe(true);
    },
  );
});

describe("the plan", () => {
  test("a description that nothing uses", () => {
    const changes = { features: ["a"], columns: { b: column } };
    expect(warnings("a,b,y\n1,2,3\n2,x,4\n", changes)).toMatchObject([
      { code: "NW0645", setting: "columns.b" },
    ]);
  });

  test("columns called like what objects inherit", () => {
    const data = table("constructor,toString,y\n1,2,3\n2,4,4\n");
    expect(prepared(data, { scale: "minmax" }).splits.train.x).toEqual(Float32Array.of(0, 0, 1, 1));
    expect(fails("constructor,y\n1,2\n,3\n")).toMatchObject([{ code: "NW0631", setting: "source" }]);
  });

  test("fewer rows than the split needs", () => {
    const split = { train: 0.7, validation: 0.15, test: 0.15, seed: 0 };
    expect(fails("a,y\n1,2\n3,4\n", { split })).toMatchObject([
      {
        code: "NW0647",
        message: "The split (train 70%, validation 15%, test 15%) needs at least 5 rows, and there are 2.",
        setting: "split",
      },
    ]);
    expect(fails(`a,y\n${"1,2\n".repeat(20)}3,4\n`, { split })).toMatchObject([
      { code: "NW0647", message: expect.stringContaining("only 2 rows of 21 differ from one another") },
    ]);
    const folds = { ...split, splitter: { name: "fold", args: { index: 0, of: 4 } } };
    expect(fails("a,y\n1,2\n3,4\n", { split: folds })[0]?.message).toBe(
      "The split (train 61.7647%, validation 13.2353%, test 25%) needs at least 4 rows, and there are 2.",
    );
    const many = { ...split, splitter: { name: "fold", args: { index: 0, of: 9 } } };
    const seven = Array.from({ length: 7 }, (_, i) => `${i},${i}`).join("\n");
    expect(fails(`a,y\n${seven}\n`, { split: many })[0]?.message).toMatch(
      /needs at least 9 rows, and there are 7/,
    );
    const equal = `a,y\n${"1,2\n".repeat(20)}3,4\n5,6\n`;
    for (const index of [0, 1, 8]) {
      const own = { ...split, splitter: { name: "fold", args: { index, of: 9 } } };
      expect(fails(equal, { split: own })).toMatchObject([
        {
          code: "NW0647",
          message: expect.stringContaining("leaves test without rows: only 3 rows of 22 differ"),
        },
      ]);
    }
    expect(fails("a,y\n1,\n,4\n", { split, missing: "drop" })).toMatchObject([
      { code: "NW0647", message: expect.stringContaining("and there are 0 after those with missing values") },
      { code: "NW0637" },
    ]);
  });
});
