// Codes with zeros in front: words wherever words are told apart, and the numbers they spell wherever numbers are asked for.

import { describe, expect, test } from "@jest/globals";
import { fittedEncoders } from "../../src/fitted/fitted-encoders.ts";
import {
  checkEncoders,
  encodeInput,
  type FittedEncoders,
  type FittedWords,
  prepare,
  readTable,
  tableFromRecords,
} from "../../src/index.ts";
import { category, opened, planOf, prepared, problemsOf, table, valuesOf } from "../support.ts";

const CODES = ["01067", "1067", "10115", "80331"];
const rowsOf = (codes: readonly string[], rows = 40) =>
  `code,x,y\n${Array.from({ length: rows }, (_, i) => `${codes[i % codes.length]},${i % 7},${i / 4}`).join("\n")}\n`;

function fitted(codes: readonly string[], args: Parameters<typeof category>[0] = {}): FittedEncoders {
  return prepared(table(rowsOf(codes)), { columns: { code: category(args) } }).encoders.fitted;
}

function words({ features }: FittedEncoders): FittedWords {
  const [first] = features;
  if (first?.kind !== "words") throw new Error("no column of words");
  return first;
}

function encoded(encoders: FittedEncoders, code: string | number): readonly number[] {
  const result = encodeInput(opened(encoders), tableFromRecords([{ code, x: 1 }]));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return [...result.x];
}

describe("a column of a table", () => {
  const read = (cells: readonly string[]) =>
    valuesOf(table(`n,c\n${cells.map((cell) => `1,${cell}`).join("\n")}\n`).columns[1]);

  test("is one of words where it holds digits alone, with zeros in front in some rows", () => {
    expect(read(["01067", "1067", '"00"', "0"])).toEqual(["01067", "1067", "00", "0"]);
    // Words for missing values are no words among digits.
    expect(read([" 007 ", "NA", "", "12"])).toEqual(["007", "", "", "12"]);
    // Seen far behind the rows that a table is known by.
    const late = [...Array.from({ length: 40_000 }, (_, i) => String(100_000 + i)), "000001"];
    expect(read(late)).toEqual(late);
  });

  test("is one of numbers where something else tells that it is", () => {
    expect(read(["0", "1", "10"])).toEqual([0, 1, 10]);
    expect(read(["05", "-1", "7"])).toEqual([5, -1, 7]);
    expect(read(["05", "0.5", "00.25"])).toEqual([5, 0.5, 0.25]);
    expect(read(["05", "1e3"])).toEqual([5, 1000]);
  });

  test("is one of numbers where what has zeros in front stands for a missing value", () => {
    const cells = (missingWords: readonly string[], gap: string) => {
      const text = `n,c\n${["1", "2", gap, "3"].map((cell) => `1,${cell}`).join("\n")}\n`;
      const read = readTable(text, { name: "data.csv", missingWords });
      if (!("table" in read)) throw new Error(JSON.stringify(read.problems));
      const records = ["1", "2", gap, "3"].map((c) => ({ c }));
      const [own] = tableFromRecords(records, "input", { missingWords }).columns;
      return [valuesOf(read.table.columns[1]), valuesOf(own)];
    };
    const numbers = [1, 2, Number.NaN, 3];
    expect(cells(["000"], "000")).toEqual([numbers, numbers]);
    expect(cells(["0"], "00")).toEqual([numbers, numbers]);
    const words = ["1", "2", "001", "3"];
    expect(cells(["000"], "001")).toEqual([words, words]);
  });

  test("is read as numbers where numbers are asked for, with the same result as without the zeros", () => {
    const plain = prepared(table(rowsOf(["1067", "7", "10115"])));
    const coded = prepared(table(rowsOf(["01067", "00007", "10115"])));
    expect(coded.encoders.fitted).toEqual(plain.encoders.fitted);
    expect(coded.splits).toEqual(plain.splits);
  });
});

describe("a category", () => {
  test("has `01067` and `1067` as two words, in what is saved and in what is predicted from", () => {
    const encoders = fitted(CODES);
    expect(words(encoders)).toMatchObject({
      codes: true,
      params: { words: ["01067", "1067", "10115", "80331"] },
    });
    expect(encoders.version).toBe(7);
    const read = checkEncoders(JSON.parse(JSON.stringify(encoders)));
    expect(read).toEqual({ encoders });
    const own = CODES.map((code) => encoded(encoders, code).slice(0, 4));
    expect(own).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
    expect(encoded(encoders, 1067)).toEqual(encoded(encoders, "1067"));
    const unknown = problemsOf(encodeInput(opened(encoders), tableFromRecords([{ code: "007", x: 1 }])));
    expect(unknown.map(({ code }) => code)).toEqual(["NW0658"]);
  });

  test("that hashes its words tells them apart, too", () => {
    const buckets = (code: string) =>
      encoded(fitted(CODES, { encoder: "hashing", unknown: "error", args: { buckets: 64 } }), code);
    expect(buckets("01067")).not.toEqual(buckets("1067"));
  });

  test("without a zero in front is as it was: `1`, `1.0` and `01` are one word", () => {
    const encoders = fitted(["1", "1.0", "2"]);
    expect(encoders.version).toBe(2);
    expect(words(encoders)).toMatchObject({ params: { words: ["1", "2"] } });
    expect(words(encoders).codes).toBeUndefined();
    expect(encoded(encoders, "01")).toEqual(encoded(encoders, 1));
  });

  test("of a model that was saved without the mark predicts as it did", () => {
    const { features, target } = fitted(["1067", "7", "10115"]);
    const saved = fittedEncoders(features, target);
    for (const [code, number] of [
      ["01067", 1067],
      ["007", 7],
    ] as const)
      expect(encoded(saved, code)).toEqual(encoded(saved, number));
  });

  test("whose `values` the file states is written as these are", () => {
    const plain = fitted(["01", "02", "10"], { values: ["1", "2", "10"] });
    expect(words(plain).codes).toBeUndefined();
    expect(encoded(plain, "01")).toEqual(encoded(plain, 1));
    expect(words(fitted(["01", "02", "10"], { values: ["01", "02", "10"] })).codes).toBe(true);
  });

  test("whose `values` alone have zeros in front tells them apart in what is predicted from", () => {
    const encoders = fitted(["1067", "10115"], { values: CODES });
    expect(words(encoders)).toMatchObject({ codes: true, params: { words: CODES } });
    expect(encoders.version).toBe(7);
    expect(encoded(encoders, "01067")).not.toEqual(encoded(encoders, "1067"));
    expect(encoded(encoders, "1067")).toEqual(encoded(encoders, 1067));
  });

  test("that is the target has the codes as classes", () => {
    const read = table(rowsOf(CODES).replace("code,x,y", "y,x,z"));
    const result = prepare(read, planOf({ predicts: "class" }));
    expect("prepared" in result && result.prepared.encoders.target[0]?.fitted).toMatchObject({
      codes: true,
      params: { words: ["01067", "1067", "10115", "80331"] },
    });
  });
});

test("rows are dealt out as if there were no zeros: by a hash, by groups and by time", () => {
  const by = { by_hash: { columns: ["code"] }, grouped: { by: ["code"] }, by_time: { column: "code" } };
  for (const [name, argument] of Object.entries(by)) {
    const split = { train: 0.6, validation: 0.2, test: 0.2, seed: 0, splitter: { name, args: argument } };
    const of = (codes: readonly string[]) =>
      prepared(table(rowsOf(codes, 200)), { split, features: ["x"] }).splits;
    const numbers = Array.from({ length: 50 }, (_, i) => String(i));
    expect(of(numbers.map((word) => word.padStart(3, "0")))).toEqual(of(numbers));
  }
});
