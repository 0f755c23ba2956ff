// Numbers that are taken for words, with more digits than a number of 64 bits has.

import { expect, test } from "@jest/globals";
import { prepare, readTable, tableFromRecords } from "../../src/index.ts";
import { wordColumn } from "../../src/table/word-column.ts";
import { category, planOf, table, valuesOf } from "../support.ts";

const IDS = ["9007199254740993", "9007199254740992", "12345678901234567890"];
const rows = (words: readonly string[]) =>
  `x,y\n${Array.from({ length: 30 }, (_, i) => `${i % 7},${words[i % words.length]}`).join("\n")}\n`;

const told = {
  code: "NW0673",
  column: "y",
  message: "Column `y` of `data.csv` has numbers of more digits than are exact, in 30 rows.",
};

test("of which two may have become one, are told by the reader, however the column is read", () => {
  for (const keepText of [false, true]) {
    const read = readTable(rows(IDS), { name: "data.csv", keepText });
    expect("table" in read && read.warnings).toMatchObject([told]);
    expect("table" in read && read.table.inexact).toEqual([{ name: "y", rows: 30 }]);
  }
  // Neither decimals of many digits nor large measures.
  const measured = readTable(rows(["0.12345678901234567", "6.02e23", "12345678901234567890.5", "123"]), {
    name: "data.csv",
  });
  expect("table" in measured && measured.warnings).toEqual([]);
  expect("table" in measured && measured.table.inexact).toBeUndefined();
});

test("of a program are told in training", () => {
  const records = Array.from({ length: 30 }, (_, i) => ({ x: i % 7, y: 2 ** 53 + 2 * (i % 3) }));
  const read = tableFromRecords(records, "data.csv");
  const result = prepare(read, planOf({ columns: { y: category() }, predicts: "class" }));
  expect("prepared" in result && result.warnings).toMatchObject([told]);
  // `String` spells these with an exponent.
  const huge = records.map(({ x, y }) => ({ x, y: y * 1e6 }));
  const large = prepare(
    tableFromRecords(huge, "data.csv"),
    planOf({ columns: { y: category() }, predicts: "class" }),
  );
  expect("prepared" in large && large.warnings).toMatchObject([told]);
  const small = prepare(table(rows(["1", "2"])), planOf({ columns: { y: category() }, predicts: "class" }));
  expect("prepared" in small && small.warnings).toEqual([]);
});

test("stay as they are written in a column of text", () => {
  const { columns, numbers } = table(rows([...IDS, "none of these", "1.0", "1e20"]));
  const [, y] = columns;
  if (y === undefined) throw new Error("there is no y");
  expect(new Set(valuesOf(wordColumn(y, numbers)))).toEqual(new Set([...IDS, "none of these", "1", "1e20"]));
});
