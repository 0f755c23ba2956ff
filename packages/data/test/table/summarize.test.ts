// Statistics of columns, worked out by hand.

import { describe, expect, test } from "@jest/globals";
import { summarize } from "../../src/index.ts";
import { table } from "../support.ts";

const none = { count: 0, first: [], hint: "" };

test("numbers, text, missing and infinite values", () => {
  const data = table("a,b\n2,x\n4,\n,y\nInfinity,x\n4,x\n2,x\n");
  expect(summarize(data, 3)).toEqual({
    name: "data.csv",
    rows: 6,
    duplicateRows: 1,
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
