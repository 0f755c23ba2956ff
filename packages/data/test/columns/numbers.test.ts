// Columns of lists of numbers.

import { describe, expect, test } from "@jest/globals";
import { encodeInput, prepare, readEncoders, writeEncoders } from "../../src/index.ts";
import { described, named, opened, planOf, prepared, problemsOf, table, type Written } from "../support.ts";

const lists = (args = {}) => ({ p: described("numbers", { length: 2, ...args }) });
const data = table('p,y\n"[0, 4]",1\n2 2,2\n"4, 0",3\n');
const refused = (text: string, args = {}, changes: Written = {}) =>
  problemsOf(prepare(table(text), planOf({ columns: lists(args), ...changes })));

test("become their numbers, all by one scale, the section's or their own", () => {
  const none = prepared(data, { columns: lists(), scale: "none" });
  expect(none.splits.train.x).toEqual(Float32Array.of(0, 4, 2, 2, 4, 0));
  const own = prepared(data, { columns: lists({ scale: named("encoder", "minmax") }) });
  expect(own.splits.train.x).toEqual(Float32Array.of(0, 1, 0.5, 0.5, 1, 0));
  expect(own.encoders.fitted.features[0]).toMatchObject({
    kind: "words",
    encoder: "number_list",
    params: { length: 2, scales: [{ encoder: "minmax", params: { min: 0, range: 4 } }] },
    contract: { values: null },
  });
});

test("of one number may be a column of numbers", () => {
  const { splits } = prepared(table("p,y\n1,1\n3,2\n"), { columns: lists({ length: 1 }), scale: "none" });
  expect(splits.train.x).toEqual(Float32Array.of(1, 3));
});

test("of another length, and what is no list, are errors at their cells", () => {
  expect(refused("p,y\n1 2,1\n1 2 3,2\nx y,3\n4,4\n")).toMatchObject([
    {
      code: "NW0655",
      row: 2,
      line: 3,
      setting: "columns.p",
      message: "In row 2 (line 3) of `data.csv`, column `p` is a list of 3 numbers, and the model states 2.",
      notes: ["Likewise in one other row: row 4 (line 5).", "It is `1 2 3`."],
    },
    { code: "NW0653", row: 3 },
  ]);
});

describe("missing lists", () => {
  const gaps = "p,y\n1 2,1\n,2\n3 4,3\n";

  test("are errors, or left out", () => {
    expect(refused(gaps)).toMatchObject([{ code: "NW0631", row: 2 }]);
    expect(refused(gaps, {}, { missing: "own_class" })).toMatchObject([{ code: "NW0631", row: 2 }]);
    const columns = lists({ missing: named("missing", "drop") });
    expect(prepared(table(gaps), { columns }).splits.train.rows).toBe(2);
  });

  test("are no word of their own", () => {
    expect(refused(gaps, { missing: named("missing", "own_class") })).toMatchObject([
      {
        code: "NW0648",
        setting: "columns.p",
        message:
          "Column `p` is described as `numbers`, and `missing: own_class` is for columns of words that are told apart.",
      },
    ]);
  });
});

test("as the encoder of words are checked in the same way", () => {
  const encoder = named("encoder", "number_list", { length: 2, scale: named("encoder", "none") });
  const columns = { p: described("category", { encoder }) };
  expect(prepared(data, { columns }).splits.train.x).toEqual(Float32Array.of(0, 4, 2, 2, 4, 0));
  const gaps = table("p,y\n1 2,1\n,2\nx,3\n");
  const problems = problemsOf(prepare(gaps, planOf({ columns, missing: "own_class" })));
  expect(problems.map(({ code, row }) => [code, row])).toEqual([
    ["NW0631", 2],
    ["NW0653", 3],
  ]);
});

test("a scale that makes no one number of any number is an error", () => {
  const problems = refused("p,y\n1 2,1\n3 4,2\n", { scale: named("encoder", "log1p") });
  expect(problems).toMatchObject([{ code: "NW0648", setting: "columns.p" }]);
});

test("a saved model takes lists of cells and of programs, and what is too large once it is scaled is told", () => {
  const { encoders } = prepared(table("p,y\n1 1.000001,1\n1 1,2\n"), { columns: lists() });
  const read = readEncoders(writeEncoders(encoders.fitted));
  if ("problems" in read) throw new Error("not read");
  const again = opened(read.encoders);
  const result = encodeInput(again, [{ p: [1, 1] }, { p: "1;1" }, { p: Float32Array.of(1, 1) }]);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  expect(result.x.slice(0, 2)).toEqual(result.x.slice(2, 4));
  expect(problemsOf(encodeInput(again, [{ p: [1, 1, 1] }]))).toMatchObject([{ code: "NW0655" }]);
  expect(problemsOf(encodeInput(again, [{ p: [1, 3e38] }]))).toMatchObject([{ code: "NW0635", row: 1 }]);
});

test.each([
  ['"length":2', '"length":0'],
  ['"length":2', '"length":"2"'],
  ['"scales":[{', '"scales":[7,{'],
  ['"encoder":"zscore"', '"encoder":"number_list"'],
])("%s as %s is damaged", (from, to) => {
  const text = writeEncoders(prepared(data, { columns: lists() }).encoders.fitted);
  expect(text).toContain(from);
  expect(problemsOf(readEncoders(text.replace(from, to)))).toMatchObject([{ code: "NW0660" }]);
});
