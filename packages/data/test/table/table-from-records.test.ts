// Records of a program as a table.

import { expect, test } from "@jest/globals";
import { tableFromRecords } from "../../src/index.ts";

test("keys become columns; absent, null and undefined are missing; text is read as in a file", () => {
  const data = tableFromRecords([
    { a: 1, b: "2.5" },
    { b: null, c: true },
    { a: undefined, c: [1] },
  ]);
  expect(data).toMatchObject({ name: "input", rows: 3, lines: null });
  expect(data.columns).toEqual([
    {
      kind: "number",
      name: "a",
      values: Float64Array.of(1, Number.NaN, Number.NaN),
      missing: Uint8Array.of(0, 1, 1),
      gaps: 2,
    },
    {
      kind: "number",
      name: "b",
      values: Float64Array.of(2.5, Number.NaN, Number.NaN),
      missing: Uint8Array.of(0, 1, 1),
      gaps: 2,
    },
    {
      kind: "text",
      name: "c",
      codes: Int32Array.of(0, 1, 2),
      words: ["", "true", "[1]"],
      gaps: 1,
    },
  ]);
});

test("dates and lists of numbers have the form in which cells are read as such", () => {
  const { columns } = tableFromRecords([
    { a: new Date(Date.UTC(2024, 4, 31, 14, 30)) },
    { a: [1, -0.5] },
    { a: Float32Array.of(0.5, 2) },
    { a: [1, "x"] },
    { a: { x: 1 } },
    { a: new Date(Number.NaN) },
  ]);
  expect(columns).toMatchObject([
    { words: ["2024-05-31T14:30:00.000Z", "[1, -0.5]", "[0.5, 2]", "[...]", "{...}", ""], gaps: 1 },
  ]);
});

test("words for missing values and NaN are missing, and what is stated beside them", () => {
  const records = [
    { a: "NA", b: 1 },
    { a: Number.NaN, b: -999 },
    { a: 3, b: "unknown" },
    { a: "-999.0", b: 2 },
  ];
  const { columns, numbers } = tableFromRecords(records, "input", { missingWords: ["-999", "unknown"] });
  expect(columns).toEqual([
    {
      kind: "number",
      name: "a",
      values: Float64Array.of(Number.NaN, Number.NaN, 3, Number.NaN),
      missing: Uint8Array.of(1, 1, 0, 1),
      gaps: 3,
    },
    {
      kind: "number",
      name: "b",
      values: Float64Array.of(1, Number.NaN, Number.NaN, 2),
      missing: Uint8Array.of(0, 1, 1, 0),
      gaps: 2,
    },
  ]);
  expect(numbers.missingWords).toEqual(["-999", "unknown"]);
});

test("NaN is missing among words, too", () => {
  const [column] = tableFromRecords([{ a: "x" }, { a: Number.NaN }, { a: null }, { a: "NaN" }]).columns;
  expect(column).toEqual({
    kind: "text",
    name: "a",
    codes: Int32Array.of(0, 1, 1, 2),
    words: ["x", "", "NaN"],
    gaps: 2,
  });
});

test("names that objects inherit are not values", () => {
  const [, column] = tableFromRecords([{ a: 1 }, { a: 1, toString: 5 }]).columns;
  expect(column).toMatchObject({ name: "toString", missing: Uint8Array.of(1, 0) });
});
