// JSON: lines of records, lists of records, columns.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readTable, whenLoaded } from "../../src/index.ts";
import { columnsOf, complaintsOf, read } from "./support.ts";

const SMALL = {
  size: [1.5, -2, Number.NaN, 0.001, 12345678.25],
  count: [1, 2, 3, Number.NaN, 5],
  word: ["a", "b", "", "ä€😀", "a"],
  code: ["007", "008", "007", "010", "011"],
};

test.each(["small.jsonl", "small.json", "columns.json", "split.json"])(
  "as pandas writes %s",
  async (name) => {
    const { columns, warnings } = await read(name);
    expect(columns).toEqual(SMALL);
    expect(warnings).toEqual([]);
  },
);

test("a row of lines knows its line; blank lines, CRLF and a mark do not count as rows", async () => {
  const { table, columns } = await read("t", '\ufeff{"a": 1}\r\n\r\n{"a": 2, "b": "x\u2028y"}\r\n');
  expect([...(table.lines ?? [])]).toEqual([1, 3]);
  // A column that comes late has nothing above.
  expect(columns).toEqual({ a: [1, 2], b: ["", "x\u2028y"] });
});

test("numbers beside words for missing values stay numbers; truth is a word; NaN and Infinity are read as Python writes them", async () => {
  const { columns } = await read(
    "t",
    '{"a": 1, "b": true, "c": NaN}\n{"a": "NA", "b": false, "c": -Infinity}\n',
  );
  expect(columns).toEqual({
    a: [1, Number.NaN],
    b: ["true", "false"],
    c: [Number.NaN, Number.NEGATIVE_INFINITY],
  });
});

test("words for missing values of the table", async () => {
  const { columns } = await read("t", '{"a": -9, "b": "-9"}\n{"a": 1, "b": "x"}\n', { missingWords: ["-9"] });
  expect(columns).toEqual({ a: [Number.NaN, 1], b: ["", "x"] });
});

describe("what is lost, or wrong, is said with its place", () => {
  test.each([
    ['{"a": 1}\n{"a": 1,}\n', "NW0670 Line 2 of `t` is no JSON."],
    ['{"a": 1}\n{"a": 3}\n[2]\n', "NW0670 Line 3 of `t` holds no record."],
    ["[1, 2, 3]", "NW0670 `t` has no record in place 1 of its list."],
    ['[\n{"a": 1},\n{"a": }\n]', "is no JSON."],
    ['{"a": [1, 2],\n "b": [1]}', "NW0670 `t` has other rows in column `b` than in column `a`."],
    [
      '{"a": 9007199254740993, "b": 1e300, "c": 2}\n',
      "NW0673 Column `a` of `t` has numbers of more digits than are exact, in 1 row.",
    ],
    ['{"a": 1, "b": {"c": 2}}\n', "NW0672 Column `b` of `t` is left out: it holds records."],
    ["[]", "NW0621"],
  ])("%j", async (text, message) => {
    const complaints = await complaintsOf("t", text);
    expect(complaints[0]).toContain(message);
  });
});

test("records come back as they are, in lines and in a list, in parts of any size", async () => {
  const cell = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.string(), fc.constant(null));
  const records = fc.array(
    fc.record({ a: cell, b: fc.double({ noNaN: true, noDefaultInfinity: true }), c: fc.string() }),
    {
      minLength: 1,
      maxLength: 20,
    },
  );
  await fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
      const lines = new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join("\n"));
      const inParts = {
        size: lines.length,
        *parts() {
          for (let at = 0; at < lines.length; at += size) yield lines.slice(at, at + size);
        },
      };
      const texts = [inParts, JSON.stringify(rows)];
      const [first, second] = await Promise.all(
        texts.map((text) => whenLoaded(() => readTable(text, { name: "t" }))),
      );
      if (first === undefined || second === undefined || !("table" in first) || !("table" in second))
        throw new Error("not read");
      expect(columnsOf(first.table)).toEqual(columnsOf(second.table));
      expect(first.table.columns[1]).toMatchObject({
        values: Float64Array.from(rows, ({ b }) => b + 0 || 0),
      });
    }),
    { numRuns: 60, seed: 7 },
  );
});

test("a line that comes in many parts takes no longer than they do", async () => {
  const line = new TextEncoder().encode(JSON.stringify([{ a: 1, b: "x".repeat(300_000) }]));
  const inParts = {
    size: line.length,
    *parts() {
      for (let at = 0; at < line.length; at++) yield line.subarray(at, at + 1);
    },
  };
  const begin = performance.now();
  const result = await whenLoaded(() => readTable(inParts, { name: "t" }));
  expect("table" in result && result.table.rows).toBe(1);
  // With the square of them it is more than a minute.
  expect(performance.now() - begin).toBeLessThan(15_000);
});

test("records that each bring a column of their own are refused before these fill the memory", async () => {
  const records = Array.from({ length: 6000 }, (_, i) => JSON.stringify({ [`k${i}`]: i }));
  for (const text of [`[${records.join()}]`, records.join("\n")]) {
    const [complaint] = await complaintsOf("t", text);
    expect(complaint).toMatch(/^NW0670.* names of columns in [\d,]+ records, nearly all without a value/);
  }
  // As many of each are read.
  const wide = records.slice(0, 2000).map((_, i) => ({ a: i, [`k${i % 1000}`]: 1 }));
  expect((await read("t", JSON.stringify(wide))).table.columns).toHaveLength(1001);
});
