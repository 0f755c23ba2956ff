// Statistics of columns, worked out by hand.

import { describe, expect, test } from "@jest/globals";
import { summarize } from "../../src/index.ts";
import { table } from "../support.ts";

const none = { count: 0, first: [], areAll: false, hint: "" };

test("numbers, text, missing and infinite values", () => {
  const data = table("a,b\n2,x\n4,\n,y\nInfinity,x\n4,x\n2,x\n");
  expect(summarize(data, 3)).toEqual({
    name: "data.csv",
    rows: 6,
    duplicateRows: 1,
    reading: null,
    rowNames: null,
    columns: [
      {
        name: "a",
        type: "number",
        missing: 1,
        notFinite: 1,
        distinct: 3,
        min: 2,
        max: 4,
        mean: 3,
        std: 1,
        numericShare: 1,
        nearlyNumeric: false,
        oddCells: none,
        pattern: null,
      },
      {
        name: "b",
        type: "text",
        missing: 1,
        notFinite: 0,
        distinct: 2,
        min: null,
        max: null,
        mean: null,
        std: null,
        numericShare: 0,
        nearlyNumeric: false,
        oddCells: none,
        pattern: null,
      },
    ],
    head: [
      [2, "x"],
      [4, null],
      [null, "y"],
    ],
  });
});

test("a column with nothing in it has no statistics", () => {
  expect(summarize(table("a,b\n,1\n,2\n")).columns[0]).toMatchObject({
    missing: 2,
    min: null,
    mean: null,
    std: null,
  });
});

describe("a column that is nearly numeric", () => {
  const summary = (cells: readonly string[]) =>
    summarize(table(`k,x\n${cells.map((cell, i) => `${i},"${cell}"`).join("\n")}\n`)).columns[1];

  test("names its cells that are no numbers, with row and line; words for missing values are missing", () => {
    expect(summary(["1", "NA", "12 kg", "4", "-", "1,234", "7", "8", "$3", "<5", "9"])).toMatchObject({
      type: "text",
      missing: 2,
      distinct: 9,
      nearlyNumeric: true,
      numericShare: 5 / 9,
      oddCells: {
        count: 4,
        first: [
          { row: 3, line: 4, text: "12 kg" },
          { row: 6, line: 7, text: "1,234" },
          { row: 9, line: 10, text: "$3" },
        ],
        hint: expect.stringContaining("unit"),
      },
    });
  });

  test.each([
    [["45%", "50%", "3%"], true],
    [["12 kg", "NA", "7"], true],
    [["<6m", ">6m", "<6m"], false],
    [["1st", "2nd", "3rd"], false],
    [["171a", "171b"], false],
    [["1. White", "2. Black", "2. Black", "3. Asian"], false],
    [["0 No", "", "1 Yes", "0 No"], false],
    [["12 kg", "13 kg", "500 g"], true],
    [["$3", "$4", "$5"], true],
    [["north", "south", "7"], false],
    [["2020-01-31", "2020-02-01"], false],
    [["1", "north"], true],
  ])("%j: %p", (cells, nearly) => expect(summary(cells)).toMatchObject({ nearlyNumeric: nearly }));

  test("a word may be a value of a column of words", () => {
    expect(summary(["None", "brick", "-", "", "NA"])).toMatchObject({
      missing: 1,
      distinct: 4,
      nearlyNumeric: false,
    });
  });
});

test.each<[string, readonly string[], string | null]>([
  ["whole numbers", ["3", "9", "NA", "-2"], "whole"],
  ["a number with a point", ["3", "9.5"], null],
  ["an infinite one", ["3", "inf"], null],
  ["a count of the rows", ["1", "2", "3"], "count"],
  ["a count from elsewhere", ["1950", "1951", "1952"], "count"],
  ["a count with a gap", ["1", "", "3"], "whole"],
  ["one row", ["1"], "whole"],
  ["days", ["2024-05-31", "", "2024-6-1"], "date"],
  ["days of other lands", ["31.05.2024", "1/6/24"], "date"],
  ["months", ["Jan 1990", "1/86", "2024-05", "Feb-91", "March 1992"], "date"],
  ["quarters", ["1990 Q1", "Q2 1990", "1990q3"], "date"],
  ["days in words", ["31 May 2024", "May 31, 2024", "1-Jun-24"], "date"],
  [
    "moments",
    ["2024-05-31T12:30:00Z", "2024-05-31 12:30", "31/05/2024 1:30 PM", "2024-05-31 12:30:01.5+02:00"],
    "date",
  ],
  ["times of day", ["12:30", "08:15:01"], "date"],
  ["words among them", ["2024-05-31", "soon"], null],
  ["what only begins like a date", ["2024-05-31 and later", "12:30:59:01:02"], null],
  ["names", ["May", "June"], null],
  ["ranges", ["20-24", "25-29"], null],
  ["years from and to", ["1990-1995", "1996-2001"], null],
  ["shares", ["13/20", "7/20"], null],
])("the pattern of %s", (_, cells, pattern) => {
  expect(
    summarize(table(`x,k\n${cells.map((cell) => `"${cell}",1`).join("\n")}\n`)).columns[0]?.pattern,
  ).toBe(pattern);
});
