// The column that says of each row which file it is from.

import { describe, expect, test } from "@jest/globals";
import {
  allWords,
  header,
  PLAIN_NUMBERS,
  readTable,
  type TableFile,
  tableFromRecords,
  whenLoaded,
  wordColumn,
} from "../../src/index.ts";
import { rowPhrase } from "../../src/table/table.ts";
import { bytesOf, columnsOf } from "./support.ts";

async function read(
  files: readonly TableFile[],
  options: Parameters<typeof readTable>[1] = { name: "*.csv" },
) {
  const result = await whenLoaded(() => readTable({ files }, { fileColumn: "file", ...options }));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.table;
}

const inFolder = (shortName: string, input: string) => ({ name: `data/${shortName}`, shortName, input });
const FILES = [
  inFolder("a.csv", "x,w\n1,a\n2,b\n"),
  inFolder("b.csv", "x,w\n"),
  inFolder("c.csv", "x,w\n3,a\n"),
];

describe("of several files", () => {
  test("each row has the short name of its file; a file without rows has none", async () => {
    const table = await read(FILES);
    expect(columnsOf(table)).toEqual({ x: [1, 2, 3], w: ["a", "b", "a"], file: ["a.csv", "a.csv", "c.csv"] });
    expect(table.columns.at(-1)).toMatchObject({ kind: "text", words: ["a.csv", "c.csv"], gaps: 0 });
    expect(table.files).toEqual([
      { name: "data/a.csv", shortName: "a.csv", firstRow: 0 },
      { name: "data/b.csv", shortName: "b.csv", firstRow: 2 },
      { name: "data/c.csv", shortName: "c.csv", firstRow: 2 },
    ]);
    expect(rowPhrase(table, 2)).toBe("row 3 (line 2 of `data/c.csv`)");
    expect(header({ files: FILES }, { fileColumn: "file" })).toEqual(["x", "w", "file"]);
  });

  test("a name is a word, also one that says a number or that a value is missing", async () => {
    const files = ["2022", "2023", "NA"].map((name, i) => inFolder(name, `x\n${i}\n`));
    const table = await read(files, { name: "*", missingWords: ["2023"] });
    expect(table.columns.at(-1)).toMatchObject({ kind: "text", words: ["2022", "2023", "NA"], gaps: 0 });
  });

  test("the last ones may have none", async () => {
    const table = await read(FILES.slice(0, 2));
    expect(table.files?.map(({ firstRow }) => firstRow)).toEqual([0, 2]);
    expect(rowPhrase(table, 1)).toBe("row 2 (line 3 of `data/a.csv`)");
  });

  test("of another format; cells as they stand in the file", async () => {
    const names = ["codec-zstd.parquet", "plain-v2.parquet"];
    const files = names.map((name) => ({ name, input: bytesOf(name) }));
    const table = await read(files, { name: "*", keepText: true });
    expect(table.texts).toHaveLength(table.columns.length);
    const texts = table.texts?.at(-1);
    expect(texts === undefined ? [] : [...new Set(allWords(texts))]).toEqual(names);
    expect(await whenLoaded(() => header({ files }, { fileColumn: "file" }))).toContain("file");
  });

  test("a column of theirs is not replaced", async () => {
    const result = readTable({ files: FILES }, { name: "*.csv", fileColumn: "w" });
    expect(result).toMatchObject({ problems: [{ code: "NW0622", setting: "file_column", column: "w" }] });
  });
});

describe("of a table that is none", () => {
  const one = (text: string, fileName?: string) => {
    const result = readTable(text, { name: "t.csv", fileColumn: "file", fileName });
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    const { fileColumn = null } = result.table;
    return { fileColumn, columns: columnsOf(result.table) };
  };

  test("it is there, is added where the file has a name, or is not", () => {
    expect(one("x,file\n1,a\n2,b\n", "t.csv")).toEqual({
      fileColumn: "file",
      columns: { x: [1, 2], file: ["a", "b"] },
    });
    expect(one("x\n1\n2\n", "t.csv").columns).toEqual({ x: [1, 2], file: ["t.csv", "t.csv"] });
    expect(one("x\n1\n2\n")).toEqual({ fileColumn: null, columns: { x: [1, 2] } });
  });

  test("records have it or not", () => {
    const of = (records: readonly Readonly<Record<string, unknown>>[]) =>
      tableFromRecords(records, "input", { fileColumn: "file" });
    expect(of([{ x: 1, file: "a" }]).fileColumn).toBe("file");
    expect(of([{ x: 1 }]).fileColumn).toBeUndefined();
    const [, column] = of([{ x: 1, file: 7 }]).columns;
    expect(column === undefined ? [] : allWords(wordColumn(column, PLAIN_NUMBERS))).toEqual(["7"]);
  });
});
