// What looks like a mistake in columns that no contract forbids: that it is told, and that nothing is told of columns
// that are as they should be.

import { describe, expect, test } from "@jest/globals";
import { prepare } from "../../src/index.ts";
import { randomStream } from "../../src/random/random-stream.ts";
import { category, described, named, planOf, table, type Written } from "../support.ts";

type Cell = number | string;
type Columns = Readonly<Record<string, (row: number) => Cell>>;

const draws = randomStream(7, "shuffle");
const noise = Float64Array.from({ length: 2000 }, () => draws(1_000_000) / 1_000_000);
const at = (row: number, column = 0) => noise[(row * 7 + column * 311) % noise.length] ?? 0;

const csv = (rows: number, columns: Columns): string => {
  const line = (row: number) => Object.values(columns).map((of) => of(row));
  return [Object.keys(columns), ...Array.from({ length: rows }, (_, row) => line(row))].join("\n");
};

const warnings = (rows: number, columns: Columns, changes: Written = {}) => {
  const result = prepare(table(csv(rows, columns)), planOf(changes));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.warnings;
};
/** Codes with columns and messages. */
const told = (rows: number, columns: Columns, changes: Written = {}) =>
  warnings(rows, columns, changes).map(({ code, column, message }) => ({ code, column, message }));
const codes = (rows: number, columns: Columns, changes: Written = {}) =>
  told(rows, columns, changes).map(({ code, column }) => `${code} ${column}`);

const usual = { a: (row: number) => at(row), b: (row: number) => at(row, 1) };
const classes = { predicts: "class", columns: { w: category(), y: category() } } as const;
const kind = (row: number) => (at(row) < 0.5 ? "one" : "two");

test("of noise nothing is told", () => {
  expect(codes(300, { ...usual, y: (row) => at(row, 2) })).toEqual([]);
  expect(codes(300, { ...usual, y: (row) => at(row, 2) + 5 * at(row) })).toEqual([]);
});

describe("a feature that gives the target away", () => {
  test.each([
    ["in another unit", (y: number) => 2.54 * y - 3],
    ["the other way round", (y: number) => -y],
    ["one by it", (y: number) => 1 / (y + 1) / 3],
    ["its square", (y: number) => Math.sqrt(y)],
    ["its square root", (y: number) => y * y],
    ["rounded", (y: number) => Math.round(1e5 * y) / 1e5],
  ])("numbers: %s", (what, of) => {
    const y = what === "one by it" ? (row: number) => at(row, 2) + 1 : (row: number) => at(row, 2);
    const x = what === "one by it" ? (row: number) => 1 / y(row) : (row: number) => of(at(row, 2));
    expect(codes(60, { ...usual, x, y })).toEqual(["NW0680 x"]);
  });

  test("it is told how to leave it out, and that it may be kept", () => {
    const [warning] = warnings(60, { ...usual, x: (row) => 2 * at(row, 2), y: (row) => at(row, 2) });
    expect(warning?.notes.join(" ")).toContain("leave it out of `features`. If it is, keep it");
  });

  test("as the only feature it is what there is to learn", () => {
    expect(codes(60, { x: (row) => 2 * at(row), y: (row) => at(row) })).toEqual([]);
  });

  test("a strong feature is none", () => {
    expect(
      codes(60, { ...usual, x: (row) => at(row, 2) + 0.01 * at(row, 3), y: (row) => at(row, 2) }),
    ).toEqual([]);
  });

  test("words with one class each, and numbers with a range for each class", () => {
    const w = (row: number) => (kind(row) === "one" ? (["p", "q"][row % 2] ?? "") : "r");
    const settings = { ...classes, features: ["b", "w"] };
    expect(codes(90, { ...usual, w, y: kind }, settings)).toEqual(["NW0680 w"]);
    expect(codes(90, { ...usual, w: (row) => (row % 2 === 0 ? "p" : "q"), y: kind }, settings)).toEqual([]);
    expect(codes(90, { ...usual, w: (row) => (row % 2 === 0 ? "p" : "q"), y: kind }, classes)).toEqual([
      "NW0680 a",
    ]);
  });

  test("one row of another class is enough for none", () => {
    const other = (row: number) => (row === 3 ? (kind(3) === "one" ? "two" : "one") : kind(row));
    const w = (row: number) => (row % 2 === 0 ? "p" : "q");
    expect(codes(90, { ...usual, w, y: other }, classes)).toEqual([]);
  });
});

describe("a feature that names the rows", () => {
  test("numbers that count from 0 or 1; years go up by one, too", () => {
    const y = (row: number) => at(row, 2);
    expect(codes(40, { ...usual, n: (row) => row, y })).toEqual(["NW0681 n"]);
    expect(codes(40, { ...usual, n: (row) => row + 1, y })).toEqual(["NW0681 n"]);
    expect(codes(40, { ...usual, n: (row) => row + 1980, y })).toEqual([]);
  });

  test("words that are different in each row, or nearly", () => {
    const w = (row: number) => `name${row}`;
    expect(codes(40, { ...usual, w, y: (row) => at(row, 2) }, { columns: { w: category() } })).toEqual([
      "NW0681 w",
    ]);
    expect(
      codes(
        40,
        { ...usual, w: (row) => w(row % 38), y: (row) => at(row, 2) },
        { columns: { w: category() } },
      ),
    ).toEqual(["NW0681 w"]);
    expect(
      codes(
        40,
        { ...usual, w: (row) => w(row % 20), y: (row) => at(row, 2) },
        { columns: { w: category() } },
      ),
    ).toEqual([]);
  });

  test.each([
    [
      "texts",
      described("text", { encoder: named("encoder", "bag_of_words") }),
      (row: number) => `row ${row} says ${kind(row)}`,
    ],
    ["lists of labels", described("labels"), (row: number) => `a${row % 7}|b${row % 6}`],
  ])("%s are read, so they may all be different", (_, type, w) => {
    const columns = { w: type };
    expect(codes(40, { ...usual, w, y: (row) => at(row, 2) }, { columns })).toEqual([]);
  });
});

test("a column that is the same in all rows but a few", () => {
  const y = (row: number) => at(row, 2);
  const message = told(300, { ...usual, z: (row) => (row === 17 ? 4 : 0), y })[0]?.message;
  expect(message).toBe(
    "Column `z` is 0 in all of 300 training rows but 1 row: hardly anything can be learned from it.",
  );
  expect(codes(300, { ...usual, z: (row) => (row % 50 === 0 ? 4 : 0), y })).toEqual([]);
  expect(codes(60, { ...usual, z: (row) => (row === 17 ? 4 : 0), y })).toEqual([]);
});

test("of many columns the first few are told, and which others there are", () => {
  const flags = Array.from({ length: 9 }, (_, i) => [`z${i}`, (row: number) => (row === i ? 1 : 0)] as const);
  const result = prepare(
    table(csv(200, { ...usual, ...Object.fromEntries(flags), y: (row) => at(row, 2) })),
    planOf({}),
  );
  if ("problems" in result) throw new Error("no problem was expected");
  expect(result.warnings.map(({ column }) => column)).toEqual(["z0", "z1", "z2"]);
  expect(result.warnings[2]?.notes[0]).toBe(
    "Likewise 6 other columns: `z3`, `z4`, `z5`, `z6`, `z7` and `z8`.",
  );
});

describe("a number that stands for a missing value", () => {
  const y = (row: number) => at(row, 2);
  const with_ = (value: number, times: number) => (row: number) =>
    row < times ? value : Math.round(50 * at(row));

  test.each([-999, -99, 999, 9999, 99999, 9999.99])("%d", (value) => {
    expect(told(200, { ...usual, x: with_(value, 5), y })).toMatchObject([{ code: "NW0683", column: "x" }]);
  });

  test("is said to be one where it is near to none and found twice", () => {
    expect(codes(200, { ...usual, x: with_(-999, 1), y })).toEqual([]);
    expect(codes(200, { ...usual, x: with_(99, 5), y })).toEqual([]);
    expect(codes(200, { ...usual, x: with_(-1, 5), y })).toEqual([]);
    expect(codes(200, { ...usual, x: with_(500, 5), y })).toEqual([]);
  });

  test("in a target, too", () => {
    expect(codes(200, { ...usual, y: with_(-999, 5) })).toEqual(["NW0683 y"]);
  });
});

test("thousands beside units", () => {
  const y = (row: number) => at(row, 2);
  const amount = (row: number) => 1 + Math.round(80 * at(row)) / 10;
  const mixed = (row: number) => (row % 4 === 0 ? 1000 : 1) * amount(row);
  expect(codes(100, { b: usual.b, x: mixed, y })).toEqual(["NW0684 x"]);
  expect(codes(100, { b: usual.b, x: amount, y })).toEqual([]);
  // All sizes between: a column of many magnitudes.
  expect(codes(100, { b: usual.b, x: (row) => 10 ** (6 * at(row)), y })).toEqual([]);
  // A few are odd values and no unit.
  expect(codes(100, { b: usual.b, x: (row) => (row < 2 ? 1000 : 1) * amount(row), y })).toEqual([]);
});

describe("rows that are equal in all that is used of them", () => {
  const split = { train: 0.5, validation: 0, test: 0.5, seed: 1 };
  const copied = (column: number) => (row: number) => at(row % 60, column);

  test("are told where another column keeps the split from seeing it", () => {
    const columns = { id: (row: number) => row + 100, a: copied(0), b: copied(1), y: copied(2) };
    const warnings = told(100, columns, { features: ["a", "b"], split });
    expect(warnings.map(({ code }) => code)).toEqual(["NW0685"]);
    expect(warnings[0]?.message).toMatch(/^\d+ rows of 50 of the test split are equal to training rows/);
    expect(codes(100, { a: copied(0), b: copied(1), y: copied(2) }, { split })).toEqual([]);
  });

  test("are no copies where a column that is not used says something else of each", () => {
    const columns = { c: (row: number) => row % 3, a: copied(0), b: copied(1), y: copied(2) };
    expect(codes(100, columns, { features: ["a", "b"], split })).toEqual([]);
  });

  test("are no matter in a table that has few different rows", () => {
    const few = (row: number) => row % 6;
    expect(
      codes(100, { id: (row) => row + 100, a: few, y: (row) => few(row) % 4 }, { features: ["a"], split }),
    ).toEqual([]);
  });
});
