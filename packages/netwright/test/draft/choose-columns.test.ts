// Which column a draft predicts, what it leaves out, and why: rules that a person can foresee, never in silence.

import { describe, expect, test } from "@jest/globals";
import { readCsv } from "@netwright/data";
import { type Draft, type DraftedNet, draftNet } from "netwright";

type Cells = (row: number) => string | number;

const numbers: Cells = (row) => ((row * 7) % 11) + row / 10;
const others: Cells = (row) => ((row * 3) % 7) - row / 10;
const classes: Cells = (row) => ["red", "green", "blue"][row % 3] ?? "";
const names: Cells = (row) => `name ${row}`;
const count: Cells = (row) => row + 1;
const empty: Cells = () => "";

function draftOf(
  columns: Readonly<Record<string, Cells>>,
  target?: string,
  rows = 30,
  task?: "numbers" | "classes",
): Draft {
  const quoted = (cell: string | number) => `"${cell}"`;
  const lines = Array.from({ length: rows }, (_, row) =>
    Object.values(columns)
      .map((cells) => quoted(cells(row)))
      .join(","),
  );
  const csv = [Object.keys(columns).map(quoted).join(","), ...lines].join("\n");
  const read = readCsv(csv, { name: "table.csv" });
  if ("problems" in read) throw new Error(read.problems.map(({ message }) => message).join("\n"));
  return draftNet(read.table, {
    source: "table.csv",
    name: "table",
    recipe: "plain",
    ...(target === undefined ? {} : { target }),
    ...(task === undefined ? {} : { task }),
  });
}

function drafted(...given: Parameters<typeof draftOf>): DraftedNet {
  const draft = draftOf(...given);
  if (!draft.ok) throw new Error(draft.problem);
  return draft;
}

describe("the target", () => {
  test.each<[string, Readonly<Record<string, Cells>>, string, string]>([
    ["the last column", { a: numbers, b: others, price: numbers }, "price", "the last column"],
    ["by its name", { a: numbers, Target: others, b: numbers }, "Target", "a target by its name"],
    ["y, capital or not", { Y: others, a: numbers, b: numbers }, "Y", "a target by its name"],
    ["by its name, though it counts", { y: count, a: numbers, b: others }, "y", "a target by its name"],
    ["not y beside x and z", { x: numbers, y: others, z: numbers }, "z", "the last column"],
    ["a stronger name first", { y: numbers, outcome: others, a: numbers }, "outcome", "a target by its name"],
    ["not a label of names", { a: numbers, label: names, b: others }, "b", "the last column"],
    [
      "the last but what is none",
      { a: numbers, b: others, name: names, comment: classes, when: (row) => `2024-05-${10 + (row % 9)}` },
      "b",
      "the last column but `when` (dates), `comment` (words beside the data by its name), `name` (words, different in every row)",
    ],
    [
      "the last but ids and what says nothing",
      { a: numbers, b: others, id: (row) => 100 - row, one: () => 1, none: empty, n: count },
      "b",
      "the last column but `n` (counts the rows), `none` (empty), `one` (the same in all rows) and 1 more",
    ],
    [
      "the last but a year",
      { a: numbers, b: others, Year: (row) => 1990 + (row % 9) },
      "b",
      "the last column but `Year` (a time by its name)",
    ],
  ])("%s", (_, columns, target, reason) => expect(drafted(columns)).toMatchObject({ target, reason }));

  test("as given, also one that would not be chosen", () => {
    expect(drafted({ a: numbers, id: count, b: others }, "id")).toMatchObject({
      target: "id",
      reason: "as given",
    });
  });

  test.each<[string, Readonly<Record<string, Cells>>, string | undefined, string, RegExp]>([
    [
      "a target by name whose cells are nearly all different",
      { a: numbers, b: others, y: (row) => `<${row}.5` },
      undefined,
      "words",
      /`y`, a target by its name, is no class: words, different in every row/,
    ],
    [
      "a target by name that holds dates",
      { a: numbers, b: others, target: (row) => `2024-05-${10 + (row % 9)}` },
      undefined,
      "no-target",
      /`target`, a target by its name, holds dates/,
    ],
    [
      "numbers beyond 32 bits",
      { a: numbers, b: (row) => (row === 4 ? "-1e39" : row * row) },
      undefined,
      "no-target",
      /`b`, the last column, is up to 1e\+39, too large/,
    ],
    [
      "names as given",
      { a: numbers, b: others, name: names },
      "name",
      "words",
      /`name`, as given, is no class: words, different in every row/,
    ],
    [
      "a cell with a unit",
      { a: numbers, b: (row) => (row === 4 ? "12 kg" : row) },
      undefined,
      "odd-cells",
      /`b`, the last column, holds numbers but for 1 cell: `12 kg` in row 5 \(line 6\)/,
    ],
    [
      "an infinite value",
      { a: numbers, b: (row) => (row === 4 ? "inf" : row * row) },
      undefined,
      "odd-cells",
      /infinite in 1 row/,
    ],
    [
      "dates, as given",
      { a: numbers, b: others, c: () => "12:30", d: (row) => `12:${10 + row}` },
      "d",
      "no-target",
      /holds dates/,
    ],
    [
      "the same everywhere, as given",
      { a: numbers, b: others, c: () => 1 },
      "c",
      "no-target",
      /the same in all rows/,
    ],
    ["a column misspelt", { price: numbers, b: others }, "Prise", "no-target", /no column `Prise`/],
    ["no such column", { a: numbers, b: others }, "zz", "no-target", /no column `zz`/],
    ["names alone", { a: names, b: names }, undefined, "no-target", /no column can be predicted/],
    [
      "nothing to predict from",
      { a: () => 1, b: names, c: numbers },
      undefined,
      "no-features",
      /predict `c`, the last column, from/,
    ],
    [
      "targets in few rows",
      { a: numbers, b: (row) => (row < 9 ? row * row : "NA") },
      undefined,
      "few-rows",
      /`b`, the last column, has a value in 9 of 30 rows/,
    ],
  ])("refused: %s", (_, columns, target, cause, problem) => {
    const draft = draftOf(columns, target);
    expect(draft).toMatchObject({ ok: false, cause });
    expect(draft.ok ? "" : draft.problem).toMatch(problem);
    expect(draft.ok ? [] : draft.remedies).not.toEqual([]);
  });

  test("a misspelt target leads to the closest column", () => {
    const draft = draftOf({ price: numbers, b: others }, "Prise");
    expect(draft.ok ? [] : draft.remedies).toEqual([
      "Did you mean `price`?",
      "Its columns are `price` and `b`.",
    ]);
  });

  test("few rows", () => {
    expect(draftOf({ a: numbers, b: others }, undefined, 9)).toMatchObject({ cause: "few-rows" });
  });

  test("a refusal names the columns that can be predicted instead, and only those", () => {
    const draft = draftOf({ id: count, a: numbers, n: names, b: others, kind: classes }, "n");
    expect(draft.ok ? [] : draft.remedies).toEqual([
      "A class is a word that many rows have.",
      "To predict another column, name it with `--target`: `kind`, `b` and `a`.",
    ]);
  });
});

describe("what is left out", () => {
  test.each<[string, string, Cells, string]>([
    ["row numbers from 1", "anything", count, "counts the rows"],
    ["row numbers from 0", "anything", (row) => row, "counts the rows"],
    ["an id that repeats", "customer_id", (row) => 7 + (row % 5), "an id by its name"],
    ["an id in capitals", "OrderID", (row) => 900 - row, "an id by its name"],
    ["an id in one word", "caseid", (row) => 900 - row, "an id by its name"],
    ["an index", "Unnamed: 0", (row) => 3 * row + 7, "numbers the rows by its name"],
    ["row names", "rownames", (row) => 3 * row + 7, "numbers the rows by its name"],
    ["X in front", "X", (row) => 3 * row + 7, "numbers the rows by its name"],
    [
      "a uuid",
      "uuid",
      (row) => `3f2504e0-4f89-11d3-9a0c-0305e82c33${10 + row}`,
      "words, different in every row",
    ],
    ["words that hardly come again", "colour", (row) => `w${row % 20}`, "words, most of them different"],
    [
      "codes with leading zeros",
      "phone",
      (row) => `030${1000 + row}`,
      "codes with leading zeros, which are words and no numbers, different in every row",
    ],
    [
      "account numbers",
      "account",
      (row) => `4000123400005678${10 + row}`,
      "whole numbers of more digits than are exact, as ids have",
    ],
    [
      "numbers that are one without their last digits",
      "account",
      (row) => `1000000000000000000${10 + row}`,
      "whole numbers of more digits than are exact, as ids have",
    ],
    ["an id of words", "order id", (row) => `o${row % 3}`, "an id by its name"],
    ["words in few rows", "few", (row) => (row < 4 ? `w${row % 2}` : ""), "a value in only 4 of 30 rows"],
    [
      "dates that may be read in two ways",
      "day",
      (row) => `${1 + (row % 12)}/5/2024`,
      "dates such as `1/5/2024`, of which day and month may be either: describe it as `date(format: ...)`",
    ],
    [
      "dates in words",
      "day",
      (row) => `${1 + (row % 28)} May 2024`,
      "dates, of which `1 May 2024` has a form that no column of dates has",
    ],
    [
      "dates in few rows",
      "day",
      (row) => (row < 4 ? `2024-05-0${1 + row}` : ""),
      "a value in only 4 of 30 rows",
    ],
    ["nothing", "e", empty, "empty"],
    ["one value", "one", () => 3.5, "the same in all rows"],
    [
      "one value and gaps",
      "one",
      (row) => (row % 2 === 0 ? "3.5" : "NA"),
      "the same in all rows that have a value",
    ],
    ["few values", "few", (row) => (row < 3 ? row * row : ""), "a value in only 3 of 30 rows"],
    [
      "numbers beyond 32 bits",
      "x",
      (row) => (row === 3 ? "1e300" : row / 7),
      "up to 1e+300, too large for 32-bit numbers; another unit helps",
    ],
    ["an infinite value", "x", (row) => (row === 3 ? "-inf" : row / 7), "infinite in 1 row"],
    [
      "cells that are no numbers",
      "weight",
      (row) => (row % 8 === 2 ? `${row} kg` : row),
      'numbers but for 4 cells: `2 kg` in row 3 (line 4), `10 kg` in row 11 (line 12), `18 kg` in row 19 (line 20), and 1 more. Write the number alone; a unit belongs into the description of the column: `number(unit: "kg")`',
    ],
    [
      "a sign in every cell",
      "height",
      (row) => `${row + 1}%`,
      "numbers that are written in another way, in all 30 cells: `1%` in row 1 (line 2), `2%` in row 2 (line 3), `3%` in row 3 (line 4), and 27 more. Write a percentage as a number, without its sign",
    ],
  ])("%s", (_, name, cells, reason) => {
    const draft = drafted({ [name]: cells, a: numbers, b: others });
    expect(draft.leftOut).toEqual([{ column: name, reason }]);
    expect(draft.features).toEqual(["a"]);
    expect(draft.text).toContain(`# left out: \`${name}\` (${reason})`);
  });

  test.each<[string, string, Cells]>([
    ["years in order", "year", (row) => 1950 + row],
    ["heights that go up by one", "height", (row) => 58 + row],
    ["whole numbers that differ", "population", (row) => 900 - 7 * row],
    [
      "words for missing values among numbers",
      "a b",
      (row) => (row % 4 === 0 ? (["NA", "?", "null", "-"][(row / 4) % 4] ?? "") : row / 3),
    ],
    ["X that is not in front of ids", "x", (row) => row / 3],
    ["0 and 1", "paid", (row) => row % 2],
    ["words that end in id", "grid", (row) => (row * 7) % 5],
  ])("not %s", (_, name, cells) => {
    expect(drafted({ [name]: cells, a: numbers, b: others })).toMatchObject({
      features: [name, "a"],
      leftOut: [],
    });
  });

  test("a first column without a name, and rows without a target", () => {
    const draft = drafted({ "": names, a: numbers, b: (row) => (row % 10 === 0 ? "NA" : row) });
    expect(draft.leftOut).toEqual([{ column: "", reason: "names of the rows, `name 0` to `name 29`" }]);
    expect(draft.rowsWithoutTarget).toBe(3);
    expect(draft.text).toContain("# left out: the first column, which has no name (names of the rows,");
    expect(draft.text).toContain("features: all");
  });

  test("a feature whose values are in rows without a target", () => {
    const half = (row: number) => (row % 2 === 0 ? row * row : "NA");
    const other = (row: number) => (row % 2 === 1 || row === 4 ? row / 3 : "NA");
    expect(drafted({ other, a: numbers, b: half })).toMatchObject({
      features: ["a"],
      leftOut: [{ column: "other", reason: "a value in only 1 of the 15 rows that have a target" }],
    });
  });
});

describe("classes", () => {
  const few: Cells = (row) => row % 3;

  test("words in the last column, or by the name of theirs, are classes", () => {
    const last = drafted({ a: numbers, b: others, kind: classes });
    expect(last).toMatchObject({ target: "kind", task: "classes", features: ["a", "b"], fewNumbers: null });
    expect(last.text).toMatch(/target: kind {2}# the last column; 3 classes: .*\(10\)/);
    expect(last.text).toContain("loss: cross_entropy");
    expect(last.text).toContain("dense(outputs)");
    expect(last.text).not.toMatch(/kind: category/);
    expect(drafted({ class: classes, a: numbers })).toMatchObject({ target: "class", task: "classes" });
  });

  test("each split has its share of every class, and rows without one are dropped", () => {
    const kind: Cells = (row) => (row === 3 ? "rare" : row === 4 ? "" : (["x", "y"][row % 2] ?? ""));
    const draft = drafted({ a: numbers, kind });
    expect(draft.text).toContain("split: stratified(");
    expect(draft.text).toMatch(/kind: category\(missing: drop\) {2}# 1 row without a target is not used/);
    expect(draft.rowsWithoutTarget).toBe(1);
  });

  test("few whole numbers are asked about, and classes where that is said", () => {
    expect(drafted({ a: numbers, y: few })).toMatchObject({ task: "numbers", fewNumbers: 3 });
    const draft = draftOf({ a: numbers, y: few }, "y", 30);
    expect(draft.ok && draft.text).toContain("loss: huber");
    expect(drafted({ a: numbers, b: others })).toMatchObject({ task: "numbers", fewNumbers: null });
  });

  test("words are features, described as categories that take unknown ones", () => {
    const draft = drafted({ colour: classes, a: numbers, b: others });
    expect(draft.features).toEqual(["colour", "a"]);
    expect(draft.text).toMatch(
      /colour: category {2}# 3 words: blue \(10\), green \(10\), red \(10\)\n[\s\S]*\n {2}categories: one_hot\(unknown: other\)/,
    );
  });

  test("NA and its like among words are no words, and the file says so", () => {
    const colour: Cells = (row) => (row % 10 === 0 ? "NA" : (["red", "green"][row % 2] ?? ""));
    const draft = drafted({ colour, a: numbers, b: others });
    expect(draft.text).toContain('missing_words: ["NA"]');
    expect(draft.text).toMatch(/category\(missing: own_class\) {2}# 2 words: .*, 3 empty/);
    // `None` and `-` may be values.
    expect(drafted({ c: (row) => ["None", "one"][row % 2] ?? "", a: numbers, b: others }).text).not.toContain(
      "missing_words",
    );
  });

  test("a word that is a gap in one column is one in all, as the file says it of all", () => {
    const a: Cells = (row) => ["u", "v", "NA"][row % 3] ?? "";
    const b: Cells = (row) => ["yes", "NA"][row % 2] ?? "";
    const draft = drafted({ a, b, n: numbers, y: others });
    expect(draft.features).toEqual(["a", "n"]);
    expect(draft.leftOut).toEqual([{ column: "b", reason: "the same in all rows that have a value" }]);
    expect(draftOf({ a, n: numbers, y: b })).toMatchObject({ ok: false, cause: "no-target" });
  });

  test("fractions are classes where that is said, and the file says it too", () => {
    const y: Cells = (row) => [0.5, 1, 1.5][row % 3] ?? 0;
    const read = draftOf({ a: numbers, y }, "y");
    expect(read.ok).toBe(true);
    const draft = draftOf({ a: numbers, y }, "y", 30, "classes");
    expect(draft.ok && draft.text).toMatch(/^ {4}y: category$/m);
  });

  test("numbers that are other ones in most rows are no classes, as words are not", () => {
    const y: Cells = (row) => row % 21;
    expect(draftOf({ a: numbers, y }, "y", 40, "classes")).toMatchObject({
      ok: false,
      cause: "words",
      problem: "`y`, as given, is no class: 21 different numbers in 40 rows",
    });
    expect(draftOf({ a: numbers, y }, "y", 42, "classes").ok).toBe(true);
  });

  test("of which there are many are classes as a target, and too many as a feature", () => {
    const species: Cells = (row) => `species ${row % 60}`;
    expect(drafted({ a: numbers, species }, undefined, 240)).toMatchObject({
      target: "species",
      task: "classes",
    });
    expect(drafted({ species, a: numbers, y: others }, undefined, 240)).toMatchObject({
      features: ["a"],
      leftOut: [{ column: "species", reason: "60 different words, each in few rows" }],
    });
  });
});
