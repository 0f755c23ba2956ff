// New rows that are not distributed as those of training were.

import { describe, expect, test } from "@jest/globals";
import { encodeInput, encodeLabelled, readEncoders, writeEncoders } from "../../src/index.ts";
import { randomStream } from "../../src/random/random-stream.ts";
import { category, described, opened, prepared, problemsOf, table, type Written } from "../support.ts";

const draws = randomStream(3, "shuffle");
const noise = Float64Array.from({ length: 1000 }, () => draws(1_000_000) / 1_000_000);
const at = (row: number) => noise[row % noise.length] ?? 0;
const rows = (count: number, line: (row: number) => string): string =>
  Array.from({ length: count }, (_, row) => line(row)).join("\n");

const plan: Written = { columns: { w: category({ missing: "own_class" }) } };
const word = (row: number) => (at(row + 500) < 0.6 ? "red" : at(row + 500) < 0.9 ? "blue" : "");
const training = table(`a,w,y\n${rows(400, (row) => `${at(row)},${word(row)},${at(row + 9)}`)}\n`);
const fitted = prepared(training, plan).encoders.fitted;
const encoders = opened(fitted);

const told = (text: string) => {
  const result = encodeInput(encoders, table(text, "new.csv"));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.warnings.filter(({ code }) => code === "NW0686").map(({ message }) => message);
};

test("rows like those of training, of any number, are like them", () => {
  for (const count of [30, 50, 100, 400]) {
    for (const from of [0, 100, 417]) {
      expect(told(`a,w\n${rows(count, (row) => `${at(row + from)},${word(row + from)}`)}\n`)).toEqual([]);
    }
  }
});

test("numbers that have moved, and numbers that are spread otherwise", () => {
  const [moved] = told(`a,w\n${rows(60, (row) => `${0.7 + 0.3 * at(row)},${word(row)}`)}\n`);
  expect(moved).toMatch(
    /^Column `a` is not distributed as in training: its median is 0\.8\d* in 60 rows, and was 0\.[45]\d*\.$/,
  );
  expect(told(`a,w\n${rows(60, (row) => `${0.45 + 0.1 * at(row)},${word(row)}`)}\n`)).toHaveLength(1);
});

test("words of which one is much more frequent", () => {
  expect(told(`a,w\n${rows(60, (row) => `${at(row)},${row % 10 === 0 ? "red" : "blue"}`)}\n`)).toEqual([
    expect.stringMatching(
      /^Column `w` is not distributed as in training: `\w+` is \d+% of 60 rows, and was \d+%\.$/,
    ),
  ]);
});

test("few rows are like nothing in particular", () => {
  expect(told(`a,w\n${rows(29, () => "0.99,blue")}\n`)).toEqual([]);
});

test("it is told of an evaluation, too", () => {
  const moved = table(`a,w,y\n${rows(60, (row) => `${0.7 + 0.3 * at(row)},${word(row)},1`)}\n`);
  const result = encodeLabelled(encoders, moved);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  expect(result.warnings.map(({ code }) => code)).toEqual(["NW0686"]);
});

describe("what is kept of training", () => {
  const distributionOf = () => {
    const [first] = fitted.features;
    if (first?.kind !== "number") throw new Error("the first feature is no column of numbers");
    return first.seen?.distribution;
  };

  test("is tenths of the rows, and is read back as it was", () => {
    const known = distributionOf();
    expect(known?.edges).toHaveLength(9);
    for (const share of known?.shares ?? []) expect(share).toBeCloseTo(0.1, 1);
    expect(readEncoders(writeEncoders(fitted))).toEqual({ encoders: fitted });
  });

  test.each([
    ["shares of more than all", { shares: [0.5, 0.6] }],
    ["edges that go down", { edges: [2, 1], shares: [0.2, 0.3, 0.5] }],
    ["a share too few", { edges: [1, 2], shares: [0.5, 0.5] }],
    ["no rows", { rows: 0 }],
    ["a median that is none", { median: "x" }],
  ])("and is refused with %s", (_, changes) => {
    const [first, ...others] = fitted.features;
    if (first?.kind !== "number" || first.seen === undefined) throw new Error("no such column");
    const distribution = { edges: [1], shares: [0.5, 0.5], median: 1, rows: 9, ...changes };
    const damaged = { ...first, seen: { ...first.seen, distribution } };
    const text = JSON.stringify({ ...fitted, features: [damaged, ...others] });
    expect(problemsOf(readEncoders(text)).map(({ code }) => code)).toEqual(["NW0660"]);
  });
});

test("of lists the labels are counted, as in training, and not the lists", () => {
  const list = (row: number) => ["a", "b", "c"].filter((_, k) => at(row + 77 * k) < 0.5).join("|") || "a";
  const tagged = table(`w,y\n${rows(400, (row) => `${list(row)},${at(row + 9)}`)}\n`);
  const settings = { encoder: "multi_hot", args: { separator: "|", values: null, unknown: "error" } };
  const own = opened(prepared(tagged, { columns: { w: category(settings) } }).encoders.fitted);
  const found = (line: (row: number) => string) => {
    const result = encodeInput(own, table(`w\n${rows(100, line)}\n`));
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    return result.warnings.map(({ code, message }) => `${code} ${message}`);
  };
  expect(found(list)).toEqual([]);
  expect(found(() => "b|c")).toEqual([
    expect.stringMatching(/^NW0686 Column `w` .*: `\w` is \d+% of 200 labels, and was \d+%\.$/),
  ]);
});

test.each([
  [
    "date",
    (row: number) => `2021-01-${String(1 + (row % 28)).padStart(2, "0")}`,
    "2022-02-09",
    /2022-02-09 .*2021-01-1\d/,
  ],
  ["boolean", (row: number) => (row % 3 === 0 ? "true" : "false"), "true", /true .*false/],
])("a column of type %s is told as it is written", (type, before, now, medians) => {
  const trained = table(`a,y\n${rows(90, (row) => `${before(row)},${at(row)}`)}\n`);
  const own = opened(prepared(trained, { columns: { a: described(type) } }).encoders.fitted);
  const result = encodeInput(own, table(`a\n${rows(60, () => now)}\n`));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const found = result.warnings.filter(({ code }) => code === "NW0686").map(({ message }) => message);
  expect(found).toEqual([expect.stringMatching(/its median is (\S+) in 60 rows, and was (\S+)\.$/)]);
  expect(found[0]).toMatch(medians);
});
