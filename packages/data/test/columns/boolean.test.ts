// Columns of truth values: 1 and 0, however they are written.

import { describe, expect, test } from "@jest/globals";
import { columnTypes, encodeInput, prepare, readEncoders, writeEncoders } from "../../src/index.ts";
import { described, named, opened, planOf, prepared, problemsOf, table } from "../support.ts";

const columns = { hot: described("boolean") };
const xOf = (cells: readonly string[], own = columns) => {
  const text = `hot,y\n${cells.map((cell, i) => `${cell},${i}`).join("\n")}\n`;
  return [...prepared(table(text), { columns: own }).splits.train.x];
};

test.each([
  [
    ["true", "FALSE", "True"],
    [1, 0, 1],
  ],
  [
    ["yes", "no", "No"],
    [1, 0, 0],
  ],
  [
    ["t", "F", "t"],
    [1, 0, 1],
  ],
  [
    ["0", "1", "1.0"],
    [0, 1, 1],
  ],
  [
    ["Y", "n", "1"],
    [1, 0, 1],
  ],
])("%j", (cells, numbers) => expect(xOf(cells)).toEqual(numbers));

test("words that the file states stand for what it says, beside those of programs", () => {
  const own = { hot: described("boolean", { true_values: ["f"], false_values: ["m", "n. a."] }) };
  expect(xOf(["f", "m", "n. a.", "true", "0"], own)).toEqual([1, 0, 0, 1, 0]);
  const result = prepare(table("hot,y\nf,1\nyes,2\n"), planOf({ columns: own }));
  expect(problemsOf(result)).toMatchObject([
    {
      code: "NW0653",
      row: 2,
      notes: ["True is `f`; false is `m` and `n. a.`.", "Correct the word, or state it."],
    },
  ]);
});

test("another word is an error at its place, once for all that are alike", () => {
  const result = prepare(table("hot,y\nyes,1\nmaybe,2\n2,3\n"), planOf({ columns }));
  expect(problemsOf(result)).toMatchObject([
    {
      code: "NW0653",
      row: 2,
      line: 3,
      column: "hot",
      setting: "columns.hot",
      message: "In row 2 (line 3) of `data.csv`, column `hot` is `maybe`, which is neither true nor false.",
      notes: [
        "Likewise in one other row: row 3 (line 4).",
        expect.stringContaining("True is `true`, `yes`"),
        expect.stringContaining("true_values"),
      ],
    },
  ]);
});

describe("missing values", () => {
  const gaps = table("hot,y\nyes,1\n,2\nNA,3\nyes,4\nno,5\n");
  const missing = (name: string, args = {}) => ({
    hot: described("boolean", { missing: named("missing", name, args) }),
  });

  test("are those of a column of numbers", () => {
    expect(problemsOf(prepare(gaps, planOf({ columns })))).toMatchObject([{ code: "NW0631", row: 2 }]);
    const filled = (own: typeof columns) => [...prepared(gaps, { columns: own }).splits.train.x];
    expect(filled(missing("constant", { value: 0 }))).toEqual([1, 0, 0, 1, 0]);
    expect(filled(missing("median"))).toEqual([1, 1, 1, 1, 0]);
    expect(filled(missing("drop"))).toEqual([1, 1, 0]);
  });

  test("are not filled in with what is no truth value", () => {
    const problems = problemsOf(prepare(gaps, planOf({ columns: missing("constant", { value: 2 }) })));
    expect(problems).toMatchObject([{ code: "NW0633", setting: "columns.hot" }]);
  });
});

test("a saved model reads them in the same way, from cells and from programs", () => {
  const { encoders } = prepared(table("hot,y\nyes,1\nno,2\n"), { columns });
  const read = readEncoders(writeEncoders(encoders.fitted));
  if ("problems" in read) throw new Error("not read");
  expect(read.encoders.features[0]).toMatchObject({
    reading: { type: "boolean", params: { true: null, false: null } },
  });
  const again = opened(read.encoders);
  expect(encodeInput(again, [{ hot: true }, { hot: 0 }, { hot: "Yes" }])).toMatchObject({
    x: Float32Array.of(1, 0, 1),
  });
  expect(problemsOf(encodeInput(again, [{ hot: 0.5 }]))).toMatchObject([{ code: "NW0653" }]);
});

test.each([
  ["no list of words", '{"type":"boolean","params":{"true":"yes","false":null}}'],
  ["no type", '{"type":7,"params":{}}'],
  ["nothing", "null"],
])("a reading that is %s is damaged", (_, reading) => {
  const { encoders } = prepared(table("hot,y\nyes,1\nno,2\n"), { columns });
  const text = writeEncoders(encoders.fitted);
  const saved = '{"type":"boolean","params":{"true":null,"false":null}}';
  expect(text).toContain(saved);
  expect(problemsOf(readEncoders(text.replace(saved, reading)))).toMatchObject([{ code: "NW0660" }]);
});

test.each([
  [{ true_values: ["a"] }, "true_values"],
  [{ false_values: ["a"] }, "false_values"],
  [{ true_values: ["a"], false_values: ["a"] }, "false_values"],
  [{ true_values: [], false_values: ["a"] }, "true_values"],
  [{ true_values: ["a"], false_values: [""] }, "false_values"],
])("%j contradicts itself", (args, parameter) => {
  const type = columnTypes.get("boolean");
  expect(type?.conflict(described("boolean", args).args)).toMatchObject({ parameter });
});
