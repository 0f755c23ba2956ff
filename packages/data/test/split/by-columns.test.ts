// Splits by what columns say: groups, time, the words of a column, a hash of the cells.

import { describe, expect, test } from "@jest/globals";
import { splitNames } from "@netwright/definitions";
import fc from "fast-check";
import { prepare, type Table } from "../../src/index.ts";
import type { RowSplits } from "../../src/split/split-rows.ts";
import { isProblem } from "../../src/split/splitter.ts";
import { described, planOf, prepared, problemsOf, table } from "../support.ts";
import { dealtOf, splitsOf } from "./dealt.ts";

const usual = { train: 0.6, validation: 0.2, test: 0.2 };

const patients = (groups: readonly (string | number)[]): Table =>
  table(`who,x,y\n${groups.map((who, i) => `${who},${i},${2 * i}`).join("\n")}\n`);

const splitOf = (splits: RowSplits): string[] => {
  const names: string[] = [];
  for (const name of splitNames) for (const row of splits[name]) names[row] = name;
  return names;
};

const why = (name: string, data: Table, args: Parameters<typeof dealtOf>[2]) => {
  const result = dealtOf(name, data, args);
  if (!isProblem(result)) throw new Error("the rows are dealt out");
  return `${result.code}: ${result.message}`;
};

describe("grouped", () => {
  const args = { by: ["who"], ...usual, seed: 3 };

  test("no group is in two splits, no row is lost, none of the splits is empty", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 3, maxLength: 80 }), fc.nat(1000), (groups, seed) => {
        fc.pre(new Set(groups).size >= 3);
        const splits = splitsOf("grouped", patients(groups), { ...args, seed });
        const names = splitOf(splits);
        expect(names.filter(Boolean)).toHaveLength(groups.length);
        const first = new Map<number, string | undefined>();
        for (const [row, group] of groups.entries()) {
          if (!first.has(group)) first.set(group, names[row]);
          expect(names[row]).toBe(first.get(group));
        }
        for (const name of splitNames) {
          expect(splits[name].length).toBeGreaterThan(0);
          expect([...splits[name]]).toEqual([...splits[name]].sort((a, b) => a - b));
        }
      }),
    );
  });

  test("sizes are those of the shares where groups allow it, and another seed is another split", () => {
    const groups = Array.from({ length: 100 }, (_, i) => `p${i >> 1}`);
    const of = (seed: number) => splitsOf("grouped", patients(groups), { ...args, seed });
    expect(splitNames.map((name) => of(0)[name].length)).toEqual([60, 20, 20]);
    expect(of(1)).not.toEqual(of(0));
    expect(of(1)).toEqual(of(1));
  });

  test("several columns tell groups apart together, and 1 and 1.0 are one", () => {
    const data = table("a,b,y\n1,x,1\n1.0,x,2\n1,z,3\n2,x,4\n2,z,5\n2,z,6\n");
    const names = splitOf(splitsOf("grouped", data, { ...args, by: ["a", "b"] }));
    expect(names[0]).toBe(names[1]);
    expect(names[4]).toBe(names[5]);
    expect(new Set(names).size).toBe(3);
  });

  test("what is wrong is said", () => {
    expect(why("grouped", patients(["a", "a", "b", "b"]), args)).toBe(
      "NW0647: There are 2 groups by `who`, and each of 3 splits needs one.",
    );
    expect(why("grouped", patients(["a", "", "b", "", "c"]), args)).toBe(
      "NW0631: In row 2 (line 3) of `data.csv`, column `who` has no value, and a row without one belongs to no group.",
    );
  });
});

describe("by_time", () => {
  const args = { column: "when", ...usual };
  const at = (times: readonly (string | number)[]) =>
    table(`when,x\n${times.map((when, i) => `${when},${i}`).join("\n")}\n`);

  test("earlier rows train, whatever their order in the table", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 40 }), { minLength: 3, maxLength: 60 }), (times) => {
        const result = dealtOf("by_time", at(times), args);
        if (isProblem(result)) return;
        const timesOf = (name: (typeof splitNames)[number]) =>
          [...result[name]].map((row) => times[row] ?? 0);
        expect(splitNames.reduce((sum, name) => sum + result[name].length, 0)).toBe(times.length);
        const [last, first, end, begin] = [
          Math.max(...timesOf("train")),
          Math.min(...timesOf("validation")),
          Math.max(...timesOf("validation")),
          Math.min(...timesOf("test")),
        ];
        // Ties stay together: strictly before.
        expect(last).toBeLessThan(first);
        expect(end).toBeLessThan(begin);
      }),
    );
  });

  test("sizes are those of the shares; dates are in order of their words", () => {
    const days = Array.from(
      { length: 20 },
      (_, i) => `2026-${String(12 - (i % 12)).padStart(2, "0")}-0${1 + (i >> 3)}`,
    );
    const splits = splitsOf("by_time", at(days), args);
    expect(splitNames.map((name) => splits[name].length)).toEqual([12, 4, 4]);
    const last = (rows: Int32Array) =>
      [...rows]
        .map((row) => days[row] ?? "")
        .sort()
        .at(-1) ?? "";
    expect(last(splits.train) < last(splits.validation)).toBe(true);
    expect(splitsOf("by_time", at([9, 10, 2, 100, 30]), args).train).toEqual(Int32Array.of(0, 1, 2));
  });

  test("rows of one time are with the earlier split", () => {
    expect(
      splitOf(
        splitsOf("by_time", at([1, 2, 3, 3, 3, 4, 5, 6, 7, 8]), {
          ...args,
          train: 0.3,
          validation: 0.3,
          test: 0.4,
        }),
      ),
    ).toEqual([..."ttttt"].map(() => "train").concat(["validation"], ["test", "test", "test", "test"]));
  });

  test.each([
    [["31.01.2026", "01.02.2026", "02.02.2026"], /^NW0666: `31\.01\.2026` begins with the day or the month/],
    [["9:30", "10:30", "11:30"], /^NW0666: `9:30` and `10:30` have numbers of different lengths/],
    [["2026-1-31", "2026-11-01", "2026-12-01"], /^NW0666/],
    [[1, 1, 2, 2], /^NW0647: There are 2 different times in `when`, and each of 3 splits needs one\./],
    [[1, "", 2, 3], /^NW0631: In row 2 .* no place in time\./],
  ])("%j: %s", (times, message) => {
    expect(why("by_time", at(times), args)).toMatch(message);
  });

  test("dates that begin with the day go by what `columns` says of them", () => {
    const days = ["31/01/2026", "01/02/2026", "3/2/2026", "02/12/2025", "01/02/2026", "9/1/2026"];
    const of = (format: string | null, written = days) => {
      const dates = { when: described("date", { format }) };
      const shares = { train: 0.5, validation: 0.25, test: 0.25 };
      const split = {
        ...shares,
        seed: 0,
        splitter: { name: "by_time", args: { column: "when", ...shares } },
      };
      const plan = planOf({ target: ["x"], scale: "none", features: ["y"], columns: dates, split });
      return prepare(
        table(`when,x,y\n${written.map((when, i) => `${when},${i},${i * i}`).join("\n")}\n`),
        plan,
      );
    };
    const result = of(null);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    // By day and month, which one of them shows: 2 December, 9 and 31 January; twice 1 February; 3 February.
    expect(splitNames.map((name) => [...result.prepared.splits[name].target])).toEqual([
      [0, 3, 5],
      [1, 4],
      [2],
    ]);
    expect(result.warnings).toEqual([]);
    expect(of("month_day_year")).toMatchObject({ problems: [{ code: "NW0666" }] });
    expect(of(null, ["1/2/2026", "2/2/2026", "1/3/2026", "5/6/2026"])).toMatchObject({
      problems: [{ code: "NW0666" }],
    });
  });

  test("fractions of seconds may be of any length", () => {
    const times = ["2026-01-01T00:00:01.5", "2026-01-01T00:00:01.25", "2026-01-01T00:00:02"];
    expect(
      splitOf(splitsOf("by_time", at(times), { ...args, train: 0.34, validation: 0.33, test: 0.33 })),
    ).toEqual(["validation", "train", "test"]);
  });
});

describe("by_column", () => {
  const data = table("fold,x\na,1\nb,2\na,3\nc,4\nd,5\n");
  const args = { column: "fold", train: ["a", "d"], validation: ["b"], test: ["c"] };

  test("each row is where its word says", () => {
    expect(splitOf(splitsOf("by_column", data, args))).toEqual([
      "train",
      "validation",
      "train",
      "test",
      "train",
    ]);
    const none = { ...args, validation: null, train: ["a", "b", "d"] };
    expect(splitOf(splitsOf("by_column", data, none))).toEqual(["train", "train", "train", "test", "train"]);
  });

  test("numbers are words, however they are written", () => {
    const numbers = table("fold,x\n0,1\n1.0,2\n2,3\n0.0,4\n");
    const splits = splitsOf("by_column", numbers, {
      column: "fold",
      train: [0],
      validation: ["1"],
      test: [2],
    });
    expect(splitOf(splits)).toEqual(["train", "validation", "test", "train"]);
  });

  test.each([
    [{ train: ["a"] }, "NW0667: Column `fold` has a word that no split names: `d`."],
    [{ train: ["a"], test: ["x"] }, "NW0667: Column `fold` has 2 words that no split names: `c` and `d`."],
    [
      { train: ["a", "c", "d"], test: ["x", "y"] },
      "NW0647: `test` is left without rows: none has `x` or `y` in column `fold`.",
    ],
  ])("%j: %s", (change, message) => {
    expect(why("by_column", data, { ...args, ...change })).toBe(message);
  });
});

describe("by_hash", () => {
  const args = { columns: "all", ...usual, seed: 0 };
  const lines = Array.from({ length: 300 }, (_, i) => `id${i},${i % 7},${i / 2}`);
  const of = (some: readonly string[], seed = 0) => {
    const names = splitOf(splitsOf("by_hash", table(`id,n,x\n${some.join("\n")}\n`), { ...args, seed }));
    return new Map(some.map((line, i) => [line, names[i]]));
  };

  test("a row stays where it is when others come, go and move", () => {
    const all = of(lines);
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: 1 }), (some) => {
        for (const [line, name] of of(some)) expect(name).toBe(all.get(line));
      }),
      { numRuns: 30 },
    );
    // A column of numbers has become one of words.
    for (const [line, name] of of([...lines, "new,none,1"]))
      if (all.has(line)) expect(name).toBe(all.get(line));
  });

  test("shares are about those asked for, and the seed decides", () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `k${i},1,${i}`);
    const sizes = splitNames.map((name) => [...of(many).values()].filter((one) => one === name).length);
    expect(Math.abs((sizes[0] ?? 0) - 12_000)).toBeLessThan(300);
    expect(Math.abs((sizes[1] ?? 0) - 4000)).toBeLessThan(250);
    expect([...of(lines, 1).values()]).not.toEqual([...of(lines).values()]);
  });

  test("of named columns the others do not matter", () => {
    const text = (n: number) =>
      `id,x\n${Array.from({ length: 50 }, (_, i) => `p${i % 10},${i * n}`).join("\n")}\n`;
    const by = { ...args, columns: ["id"] };
    const names = splitOf(splitsOf("by_hash", table(text(1)), by));
    expect(splitOf(splitsOf("by_hash", table(text(3)), by))).toEqual(names);
    for (const [row, name] of names.entries()) expect(name).toBe(names[row % 10]);
  });

  test("is the same in every release and on every machine", () => {
    const names = [...of(lines.slice(0, 40)).values()];
    const places = (wanted: string) => names.flatMap((name, i) => (name === wanted ? [i] : []));
    expect([places("validation"), places("test")]).toEqual([
      [11, 12, 14, 22, 26, 27, 33, 38],
      [1, 8, 16, 17, 19, 20, 21, 25, 30, 37, 39],
    ]);
  });
});

describe("the column that rows are dealt out by", () => {
  const text = `who,x,y\n${Array.from({ length: 20 }, (_, i) => `p${i % 10},${i},${i}`).join("\n")}\n`;
  const splitter = { name: "grouped", args: { by: ["who"] } };
  const split = { ...usual, seed: 0, splitter };

  test("is no feature, unless it is named as one", () => {
    expect(prepared(table(text), { split }).features).toEqual(["x"]);
    const numbers = table(text.replaceAll("p", ""));
    expect(prepared(numbers, { split }).features).toEqual(["x"]);
    expect(prepared(numbers, { split, features: ["who", "x"] }).features).toEqual(["who", "x"]);
  });

  test("is looked at in the rows alone that are kept, and its problems stand at the split", () => {
    const gaps = text.replace("p3,3,3", ",3,");
    const [found] = problemsOf(prepare(table(gaps), planOf({ split })));
    expect(found).toMatchObject({ code: "NW0631" });
    const kept = { split, columns: { y: { name: "number", args: {} } } };
    expect(problemsOf(prepare(table(text.replace("p3,", ",")), planOf(kept)))[0]).toMatchObject({
      code: "NW0631",
      setting: "split",
      row: 4,
      column: "who",
    });
  });
});
