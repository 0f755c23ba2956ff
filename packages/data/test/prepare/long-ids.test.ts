// Numbers that are taken for words, with more digits than a number of 64 bits has.

import { expect, test } from "@jest/globals";
import { prepare } from "../../src/index.ts";
import { wordColumn } from "../../src/table/word-column.ts";
import { category, planOf, table, valuesOf } from "../support.ts";

const IDS = ["9007199254740993", "9007199254740992", "12345678901234567890"];
const rows = (words: readonly string[]) =>
  `x,y\n${Array.from({ length: 30 }, (_, i) => `${i % 7},${words[i % words.length]}`).join("\n")}\n`;

test("of which two may have become one, is told in training", () => {
  const read = table(rows(IDS));
  const result = prepare(read, planOf({ columns: { y: category() }, predicts: "class" }));
  expect("prepared" in result && result.warnings).toMatchObject([
    {
      code: "NW0673",
      column: "y",
      message: "Column `y` of `data.csv` has numbers of more digits than are exact, in 30 rows.",
    },
  ]);
  const small = prepare(table(rows(["1", "2"])), planOf({ columns: { y: category() }, predicts: "class" }));
  expect("prepared" in small && small.warnings).toEqual([]);
});

test("stay as they are written in a column of text", () => {
  const { columns, numbers } = table(rows([...IDS, "none of these", "1.0", "1e20"]));
  const [, y] = columns;
  if (y === undefined) throw new Error("there is no y");
  expect(new Set(valuesOf(wordColumn(y, numbers)))).toEqual(new Set([...IDS, "none of these", "1", "1e20"]));
});
