// Several files that are one table.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readTable, type Table, type TableInput, whenLoaded } from "../../src/index.ts";
import { rowPhrase } from "../../src/table/table.ts";
import { bytesOf, columnsOf } from "./support.ts";

async function resultOf(inputs: readonly TableInput[]) {
  const files = inputs.map((input, i) => ({ name: `${String.fromCharCode(97 + i)}.csv`, input }));
  return whenLoaded(() => readTable({ files }, { name: "*.csv" }));
}

async function tableOf(inputs: readonly TableInput[]): Promise<Table> {
  const result = await resultOf(inputs);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.table;
}

async function complaint(inputs: readonly TableInput[]): Promise<string> {
  const result = await resultOf(inputs);
  if ("table" in result) throw new Error("it was read");
  return result.problems.map(({ code, message }) => `${code} ${message}`).join();
}

describe("text", () => {
  test("rows of all, each with its file and line", async () => {
    const table = await tableOf(["x,w\n1,a\n2,b", "\ufeffx,w\r\n3,a\r\n\r\n4,c\r\n", "x,w\n5,1\n"]);
    expect(columnsOf(table)).toEqual({ x: [1, 2, 3, 4, 5], w: ["a", "b", "a", "c", "1"] });
    expect([0, 1, 2, 3, 4].map((row) => rowPhrase(table, row))).toEqual([
      "row 1 (line 2 of `a.csv`)",
      "row 2 (line 3 of `a.csv`)",
      "row 3 (line 2 of `b.csv`)",
      "row 4 (line 4 of `b.csv`)",
      "row 5 (line 2 of `c.csv`)",
    ]);
  });

  test("tables in Markdown have a line below the header in each, which is no row", async () => {
    const rule = "|--:|---|";
    const inputs = [
      `| x | w |\n${rule}\n| 1 | a |\n`,
      `| x | w |\r\n${rule}\r\n| 2 | b |\r\n`,
      `| x | w |\n| 3 | c |\n`,
      `| x | w |\n${rule}`,
    ];
    const table = await tableOf(inputs);
    expect(columnsOf(table)).toEqual({ x: [1, 2, 3], w: ["a", "b", "c"] });
    expect([1, 2].map((row) => rowPhrase(table, row))).toEqual([
      "row 2 (line 3 of `b.csv`)",
      "row 3 (line 2 of `c.csv`)",
    ]);
  });

  test("of one column, a row may be as the header is; titles stand in each", async () => {
    expect(columnsOf(await tableOf(["n\n1\n", "n\nn\n2\n"]))).toEqual({ n: ["1", "n", "2"] });
    const titled = "a title\n\nx;y;z\n1,5;2;3\n";
    expect(columnsOf(await tableOf([titled, titled]))).toEqual({ x: [1.5, 1.5], y: [2, 2], z: [3, 3] });
  });

  test.each([
    [
      ["x,y\n1,2\n", "x,z\n1,2\n"],
      "NW0671 `b.csv` has other columns than `a.csv`: it lacks `y`, and it has `z`.",
    ],
    [
      ["x,y\n1,2\n", "y,x\n1,2\n"],
      "NW0671 `b.csv` has other columns than `a.csv`: they stand in another order.",
    ],
    [["x,y\n1,2\n", ""], "NW0620 `b.csv` is empty."],
    [
      ["x,y\n1,2\n", "x,y\n1,2\n3\n"],
      "NW0624 Row 2 (line 3) of `b.csv` has 1 value, but the header names 2 columns.",
    ],
    [["x,y\n1,2\n", '{"x": 1}\n{"x": 2}\n'], "NW0627 `b.csv` is no table in text: it is JSON."],
  ])("%j", async (inputs, message) => {
    expect(await complaint(inputs)).toBe(message);
  });

  test("is read as the same rows in one file, wherever it is divided", async () => {
    const row = fc.tuple(fc.integer(), fc.constantFrom("a", "b c", '"x, y"', "1"));
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 3, maxLength: 12 }),
        fc.integer({ min: 1, max: 11 }),
        async (rows, cut) => {
          const lines = rows.map((one) => one.join(","));
          const text = (part: readonly string[]) => ["n,w", ...part].join("\n");
          const at = Math.min(cut, lines.length - 1);
          const parts = await tableOf([text(lines.slice(0, at)), text(lines.slice(at))]);
          expect(columnsOf(parts)).toEqual(columnsOf(await tableOf([text(lines)])));
        },
      ),
      { numRuns: 100, seed: 3 },
    );
  });
});

test("other formats, file by file", async () => {
  const table = await tableOf([bytesOf("codec-zstd.parquet"), bytesOf("plain-v2.parquet")]);
  expect(table.rows).toBe(100);
  expect(rowPhrase(table, 50)).toBe("row 51 (row 1 of `b.csv`)");
  expect(await complaint([bytesOf("codec-zstd.parquet"), bytesOf("polars.parquet")])).toContain("NW0671");
});

test("a column of numbers here and words there is one of words", async () => {
  const table = await tableOf(['{"a": 1}\n{"a": 2}', '{"a": "x"}\n{"a": null}']);
  expect(columnsOf(table)).toEqual({ a: ["1", "2", "x", ""] });
});
