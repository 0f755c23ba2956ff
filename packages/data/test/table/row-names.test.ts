// A first column without a name is the name of each row and no column; any other needs a name.

import { describe, expect, test } from "@jest/globals";
import { header, readCsv, summarize } from "../../src/index.ts";
import { problemsOf, table, valuesOf } from "../support.ts";

const names = (text: string) => table(text).columns.map(({ name }) => name);
const codes = (text: string) => problemsOf(readCsv(text, { name: "t.csv" })).map(({ code }) => code);

describe("a first column without a name", () => {
  test.each([
    ["row numbers from 1", ",a,b\n1,5,6\n2,7,8\n", ["1", "2"]],
    ["row numbers from 0, quoted, with blanks", '" ",a,b\n"0",5,6\n"1",7,8\n', ["0", "1"]],
    ["some of the rows of another table", ";a;b\n17;5;6\n3;7;8\n", ["17", "3"]],
    ["two tables, one below the other", ",a,b\n0,5,6\n1,7,8\n0,1,2\n1,3,4\n", ["0", "1", "0", "1"]],
    ["words", "\ta\tb\nMazda RX4\t5\t6\nValiant\t7\t8\n", ["Mazda RX4", "Valiant"]],
    ["dates", ",a,b\n2020-01-01,5,6\n2020-01-02,7,8\n", ["2020-01-01", "2020-01-02"]],
    ["times", ",a,b\n1962.25,5,6\n1962.5,7,8\n", ["1962.25", "1962.5"]],
    ["words and gaps", ",a,b\n,5,6\nred,7,8\n", ["", "red"]],
    ["nothing", ",a,b\n,5,6\n,7,8\n", ["", ""]],
  ])("%s", (_, text, rowNames) => {
    expect(names(text)).toEqual(["a", "b"]);
    expect(header(text)).toEqual(["a", "b"]);
    expect(table(text).columns[0]).toMatchObject({ kind: "number" });
    expect(valuesOf(table(text).columns[0]).slice(0, 2)).toEqual([5, 7]);
    expect(table(text).rowNames).toEqual(rowNames);
  });

  test.each([
    ["measurements", ",a\n2.5,5\n1.25,7\n"],
    ["numbers that repeat without counting", ",a\n7,5\n7,7\n3,1\n"],
    ["words that repeat", ",a\nred,5\nred,7\n"],
    ["a second one", ",,a\n1,5,6\n2,7,8\n"],
  ])("%s need a name", (_, text) => expect(codes(text)).toEqual(["NW0623"]));

  test("a column elsewhere needs a name", () => expect(codes("a,,b\n5,1,6\n7,2,8\n")).toEqual(["NW0623"]));
});

describe("a header that is one name short", () => {
  test.each([
    ["row numbers", '"a","b"\n"1",5,6\n"2",7,8\n'],
    ["words", '"a";"b"\n"Mazda RX4";5;6\n"Valiant";7;8\n'],
    ["a single row", "a,b\n1,5,7\n"],
  ])("%s", (_, text) => {
    expect(names(text)).toEqual(["a", "b"]);
    expect(valuesOf(table(text).columns[0])[0]).toBe(5);
  });

  test.each([
    ["decimal commas", "a,b\n62,5,2\n75,5,3\n81,5,4\n"],
    ["text with commas", "name,a\nSmith, John,5\nDoe, Jane,7\n"],
    ["words that repeat", "a,b\nx,5,6\nx,7,8\n"],
    ["only some rows", "a,b\n1,5,6\n2,7\n"],
  ])("not with %s", (_, text) => expect(codes(text)).toEqual(["NW0624"]));

  test("not with a separator at the end of each row, which makes no column", () => {
    const { columns, rowNames } = table("a,b\n1,5,\n2,7,\n");
    expect(columns.map((column) => [column.name, ...valuesOf(column)])).toEqual([
      ["a", 1, 2],
      ["b", 5, 7],
    ]);
    expect(rowNames).toBeUndefined();
  });
});

test("rows that differ in their number alone repeat one another", () => {
  expect(summarize(table(",a,b\n1,5,6\n2,5,6\n3,7,8\n"))).toMatchObject({
    duplicateRows: 1,
    rowNames: ["1", "3"],
  });
  expect(summarize(table("a,b\n5,6\n")).rowNames).toBeNull();
});
