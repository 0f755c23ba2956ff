// Splits by the files of a table that is several.

import { describe, expect, test } from "@jest/globals";
import { splitNames } from "@netwright/definitions";
import fc from "fast-check";
import { prepare, readTable, splitters, type Table, whenLoaded } from "../../src/index.ts";
import { isProblem } from "../../src/split/splitter.ts";
import { bytesOf } from "../formats/support.ts";
import { planOf, problemsOf, table } from "../support.ts";
import { dealtOf, splitsOf } from "./dealt.ts";

const NAMES = ["data/2023.csv", "data/2024.csv", "data/2025.csv"];

/** Files of so many rows each, which are numbered in `x`. */
function files(rows: readonly number[], names: readonly string[] = NAMES): Table {
  let x = 0;
  const inputs = rows.map((n, i) => ({
    name: names[i] ?? `data/${i}.csv`,
    input: `x,y\n${Array.from({ length: n }, () => `${x},${2 * x++}\n`).join("")}`,
  }));
  const result = readTable({ files: inputs }, { name: "data/*.csv" });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.table;
}

const asked = (validation: string | readonly string[] | null, own: string | readonly string[] | null) => ({
  validation,
  test: own,
});

function rowsOf(data: Table, args: ReturnType<typeof asked>) {
  const splits = splitsOf("by_file", data, args);
  return splitNames.map((name) => [...splits[name]]);
}

function why(data: Table, args: ReturnType<typeof asked>): string {
  const result = dealtOf("by_file", data, args);
  if (!isProblem(result)) throw new Error("the rows are dealt out");
  return [`${result.code}: ${result.message}`, ...(result.notes ?? [])].join("\n");
}

describe("rows are where their file is", () => {
  test.each([
    ["a name", "2024.csv", "2025.csv", [[0, 1], [2], [3, 4, 5]]],
    ["a part of a name", "2024*", ["*25*"], [[0, 1], [2], [3, 4, 5]]],
    ["signs of a name", "202?.csv", null, undefined],
    ["the folder as well", "data/2024.csv", "./data/2025.csv", [[0, 1], [2], [3, 4, 5]]],
    ["another system's folders", null, "data\\2025.csv", [[0, 1, 2], [], [3, 4, 5]]],
    ["several", ["2023.csv", "2025.csv"], null, [[2], [0, 1, 3, 4, 5], []]],
    ["no name", null, "data", undefined],
    ["no part of a folder", null, "ata/2025.csv", undefined],
    ["a star is no folder", null, "*2025.csv", [[0, 1, 2], [], [3, 4, 5]]],
    ["a point is a point", null, "2025?csv", [[0, 1, 2], [], [3, 4, 5]]],
    ["a point is no other sign", null, "202..csv", undefined],
  ] as const)("%s", (_, validation, own, expected) => {
    const data = files([2, 1, 3]);
    if (expected === undefined)
      expect(isProblem(dealtOf("by_file", data, asked(validation, own)))).toBe(true);
    else expect(rowsOf(data, asked(validation, own))).toEqual(expected);
  });

  test("in folders", () => {
    const data = files([1, 1, 1, 1], ["n/a.csv", "n/b.csv", "s/a.csv", "s/b.csv"]);
    expect(rowsOf(data, asked(null, "s/*"))).toEqual([[0, 1], [], [2, 3]]);
    expect(rowsOf(data, asked("n/b*", "a.csv"))).toEqual([[3], [1], [0, 2]]);
  });

  test("of files of any length, no row is lost", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.constantFrom("train", "validation", "test")), {
          minLength: 2,
          maxLength: 9,
        }),
        (parts) => {
          const sizes = parts.map(([n]) => n);
          // A table has a row.
          fc.pre((sizes[0] ?? 0) > 0 && new Set(parts.map(([, split]) => split)).size > 1);
          const names = parts.map(([, split], i) => `data/${split}-${i}.csv`);
          const result = dealtOf(
            "by_file",
            files(sizes, names),
            asked(
              parts.some(([, split]) => split === "validation") ? "validation-*" : null,
              parts.some(([, split]) => split === "test") ? "test-*" : null,
            ),
          );
          const filled = (name: string) => parts.some(([n, split]) => split === name && n > 0);
          const empty = splitNames.some((name) => parts.some(([, split]) => split === name) && !filled(name));
          const trains = parts.some(([, split]) => split === "train");
          expect(isProblem(result)).toBe(empty || !trains);
          if (isProblem(result)) return;
          const expected = parts.flatMap(([n, split]) => Array.from({ length: n }, () => split));
          for (const name of splitNames)
            expect([...result[name]]).toEqual(expected.flatMap((own, row) => (own === name ? [row] : [])));
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  });

  test("of other formats", async () => {
    const inputs = ["codec-zstd.parquet", "plain-v2.parquet"].map((name) => ({ name, input: bytesOf(name) }));
    const result = await whenLoaded(() => readTable({ files: inputs }, { name: "*.parquet" }));
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    const [train, , own] = rowsOf(result.table, asked(null, "plain*"));
    expect([train?.length, own?.[0], own?.at(-1)]).toEqual([50, 50, 99]);
  });
});

test.each([
  [
    [2, 1, 3],
    "2026*",
    "2025.csv",
    "NW0679: No file of the table fits `2026*`, which `by_file` names.\nThe files: `data/2023.csv`, `data/2024.csv` and `data/2025.csv`.",
  ],
  [[2, 1, 3], "2024*", "202[45]*", "NW0679: No file of the table fits `202[45]*`, which `by_file` names."],
  [
    [2, 1, 3],
    "2024*",
    "*4.csv",
    "NW0687: `data/2024.csv` fits `2024*` of `validation` and `*4.csv` of `test`, and a file is in one split.",
  ],
  [
    [2, 1, 3],
    "2023*",
    ["2024*", "2025*"],
    "NW0647: `train` is left without rows: each of 3 files fits a pattern of `validation` or `test`.",
  ],
  [
    [2, 1, 0],
    "2024*",
    "2025*",
    "NW0647: `test` is left without rows: `data/2025.csv` has none, or none that is kept.",
  ],
  [
    [2, 0, 3],
    "2024*",
    null,
    "NW0647: `validation` is left without rows: `data/2024.csv` has none, or none that is kept.",
  ],
  [
    [3],
    null,
    "2023*",
    "NW0678: `by_file` deals out whole files, and `data/*.csv` fits one file alone, `data/2023.csv`.",
  ],
])("of %j rows, by_file(%j, %j): %s", (rows, validation, own, message) => {
  expect(why(files(rows), asked(validation, own))).toContain(message);
});

test("a table that is one file, or rows of a program, has none", () => {
  expect(why(table("x,y\n1,2\n"), asked(null, "*"))).toBe(
    "NW0678: `by_file` deals out whole files, and the rows of `data.csv` are not those of several files.\n" +
      'Name all files by a pattern, as `source: "data/*.csv"`; or divide the rows otherwise, as by a column that says where each belongs: `by_column`.',
  );
});

describe("in a plan", () => {
  const split = (args: ReturnType<typeof asked>) => ({
    train: 1,
    validation: 0,
    test: 0,
    seed: 0,
    splitter: { name: "by_file", args },
  });

  test("rows that are left out are left out of their file", () => {
    const text = (rows: readonly string[]) => `x,y\n${rows.join("\n")}\n`;
    const inputs = [
      { name: "a.csv", input: text(["1,1", "2,2", ",9", "3,3"]) },
      { name: "b.csv", input: text([",4", "5,5"]) },
      { name: "c.csv", input: text([",6"]) },
    ];
    const of = (n: number) => {
      const result = readTable({ files: inputs.slice(0, n) }, { name: "*.csv" });
      if ("problems" in result) throw new Error(JSON.stringify(result.problems));
      return result.table;
    };
    const plan = (own: string) => planOf({ split: split(asked(null, own)), missing: "drop", target: ["y"] });
    const dealt = prepare(of(2), plan("b*"));
    if ("problems" in dealt) throw new Error(JSON.stringify(dealt.problems));
    expect([...dealt.prepared.splits.test.rowNumbers]).toEqual([6]);
    expect(dealt.prepared.splits.train.rows).toBe(3);
    expect(problemsOf(prepare(of(3), plan("c*")))[0]).toMatchObject({ code: "NW0647", setting: "split" });
  });

  test("copies of training rows in another file are told", () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${i * 1.5},${(i * 7) % 40}`);
    const input = `x,y\n${lines.join("\n")}\n`;
    const names = ["a.csv", "b.csv"];
    const result = readTable({ files: names.map((name) => ({ name, input })) }, { name: "*.csv" });
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    const dealt = prepare(result.table, planOf({ split: split(asked(null, "b*")), target: ["y"] }));
    if ("problems" in dealt) throw new Error(JSON.stringify(dealt.problems));
    expect(dealt.warnings.map(({ code }) => code)).toContain("NW0685");
  });
});

test("what is impossible whatever the table is a conflict", () => {
  const { conflict, shares } = splitters.get("by_file") ?? {};
  expect(conflict?.(asked(null, null))?.problem).toBe("`by_file` names no file");
  expect(conflict?.(asked([], []))?.problem).toBe("`by_file` names no file");
  expect(conflict?.(asked("a", ["b", "a"]))?.problem).toBe("`by_file` names `a` twice");
  expect(conflict?.(asked("a", ["b"]))).toBeNull();
  expect(shares?.(asked("a", ["b", "c"]))).toEqual({ train: 1 / 3, validation: 1 / 3, test: 1 / 3 });
  expect(shares?.(asked(null, "b"))).toEqual({ train: 1 / 2, validation: 0, test: 1 / 2 });
});
