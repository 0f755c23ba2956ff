// Rows are found by the cells themselves: what looks alike in a text is not the same.

import { expect, test } from "@jest/globals";
import { tableFromRecords } from "@netwright/data";
import { rowsOfWindows } from "../../src/project/rows-of-windows.ts";

test("the row of each series and time, and none of what comes behind the table", () => {
  const table = tableFromRecords([
    { shop: "north", day: 1, sold: 5 },
    { shop: "south", day: 1, sold: 6 },
    { shop: "south", day: 2, sold: 7 },
  ]);
  const predictions = [
    { shop: "south", day: 2, sold: 1 },
    { shop: "north", day: 1, sold: 1 },
    { shop: "north", day: 2, sold: 1 },
    { shop: "south", day: "1 row behind 2", sold: 1 },
  ];
  expect(rowsOfWindows(table, ["shop", "day"], predictions)).toEqual([2, 0, undefined, undefined]);
});

test("a number, its digits, one that is none and the word for nothing are four cells", () => {
  const words = tableFromRecords(
    [
      { id: "1", t: 0 },
      { id: "null", t: 0 },
      { id: "NaN x", t: 0 },
    ],
    "words",
    {},
    () => true,
  );
  const numbers = tableFromRecords([
    { id: 1, t: 0 },
    { id: null, t: 0 },
    { id: 0, t: 0 },
  ]);
  const asked = [
    { id: 1, t: 0 },
    { id: "1", t: 0 },
    { id: "null", t: 0 },
    { id: Number.NaN, t: 0 },
  ];
  expect(rowsOfWindows(words, ["id", "t"], asked)).toEqual([undefined, 0, 1, undefined]);
  expect(rowsOfWindows(numbers, ["id", "t"], asked)).toEqual([0, undefined, undefined, 1]);
  // As JSON writes them all three are `null`, and so is what a prediction has no cell of.
  const infinite = [{ id: Number.POSITIVE_INFINITY, t: 0 }, { id: Number.NEGATIVE_INFINITY, t: 0 }, { t: 0 }];
  expect(rowsOfWindows(numbers, ["id", "t"], infinite)).toEqual([undefined, undefined, undefined]);
  expect(rowsOfWindows(numbers, ["id", "t"], [{ id: -0, t: 0 }])).toEqual([2]);
});

test("dates are the cells that they are written in", () => {
  const texts = ["2026-03-30", "2026-03-30T00:00", "2026-03-30 00:00"];
  const table = tableFromRecords(texts.map((day) => ({ day })));
  const asked = [...texts, "2026-03-30T00:00:00", 20260330].map((day) => ({ day }));
  expect(rowsOfWindows(table, ["day"], asked)).toEqual([0, 1, 2, undefined, undefined]);
  const digits = tableFromRecords([{ day: 20260330 }, { day: 20260331 }]);
  expect(rowsOfWindows(digits, ["day"], [{ day: 20260331 }, { day: "20260331" }])).toEqual([1, undefined]);
});

test("cells side by side are no other cells that read the same together", () => {
  const table = tableFromRecords([
    { a: 'x","y', b: "z" },
    { a: "x", b: 'y","z' },
  ]);
  const asked = [
    { a: "x", b: 'y","z' },
    { a: 'x","y', b: "z" },
    { a: "x", b: "y" },
  ];
  expect(rowsOfWindows(table, ["a", "b"], asked)).toEqual([1, 0, undefined]);
});

test("columns that a prediction or the table lacks find no row", () => {
  const table = tableFromRecords([{ a: "x", b: 1 }]);
  expect(rowsOfWindows(table, ["a", "c"], [{ a: "x" }, { a: "x", c: 1 }])).toEqual([undefined, undefined]);
});
