// Encoders of words: what they learn, what they write, and what they make of words that they do not know.

import { describe, expect, test } from "@jest/globals";
import {
  dataDefinitions,
  encodeInput,
  type FittedColumn,
  inputsOf,
  openEncoders,
  readEncoders,
  writeEncoders,
} from "../../src/index.ts";
import { inOrder } from "../../src/preprocess/count-words.ts";
import { oneHot } from "../../src/preprocess/one-hot.ts";
import { category, opened, prepared, problemsOf, table } from "../support.ts";

const colours = table("colour,size,y\nred,1,1\ngreen,2,2\nred,3,3\nblue,4,4\n");
const refused = (result: Parameters<typeof problemsOf>[0]) => problemsOf(result);

describe("one_hot", () => {
  const { encoders, splits } = prepared(colours, { columns: { colour: category() }, scale: "none" });

  test("has one number for each word, in their order, beside the numbers of the other columns", () => {
    expect(encoders.fitted.features[0]).toMatchObject({
      kind: "words",
      encoder: "one_hot",
      params: { words: ["blue", "green", "red"], unknown: "error" },
    });
    expect(splits.train.x).toEqual(
      Float32Array.of(0, 0, 1, 1, /**/ 0, 1, 0, 2, /**/ 0, 0, 1, 3, /**/ 1, 0, 0, 4),
    );
    expect(inputsOf(encoders.features).map(({ name, type }) => [name, type])).toEqual([
      ["x", { kind: "number", shape: [4] }],
    ]);
  });

  test("takes rows of a program as those of a table, whatever other words those have", () => {
    const result = encodeInput(encoders, [
      { size: 5, colour: "blue" },
      { colour: " red ", size: 6 },
    ]);
    expect(result).toMatchObject({ x: Float32Array.of(1, 0, 0, 5, 0, 0, 1, 6) });
  });

  test("names row, column and word that it does not know, and what may be meant", () => {
    const input = table("colour,size\nred,1\ngren,2\npink,3\n", "new.csv");
    expect(refused(encodeInput(encoders, input))).toMatchObject([
      {
        code: "NW0658",
        column: "colour",
        row: 2,
        line: 3,
        message:
          "In row 2 (line 3) of `new.csv`, column `colour` is `gren`, a word that none of the training rows has.",
        notes: [
          "Likewise in one other row: row 3 (line 4).",
          "Did you mean `green`?",
          "The model knows `blue`, `green` and `red`.",
          expect.stringContaining("unknown: other"),
        ],
      },
    ]);
  });

  test("writes 0 for all where unknown words are allowed", () => {
    const columns = { colour: category({ unknown: "other" }) };
    const { encoders } = prepared(colours, { columns, scale: "none" });
    expect(encodeInput(encoders, [{ colour: "pink", size: 1 }])).toMatchObject({
      x: Float32Array.of(0, 0, 0, 1),
    });
  });

  test("lacks a value where a cell is empty", () => {
    expect(refused(encodeInput(encoders, [{ size: 1, colour: "" }, { size: 2 }]))).toMatchObject([
      { code: "NW0631", row: 1, notes: [expect.stringContaining("one other row"), expect.anything()] },
    ]);
  });
});

describe("ordinal", () => {
  const columns = { colour: category({ encoder: "ordinal" }) };

  test("gives an index, which is an input of its own", () => {
    const { encoders, splits } = prepared(colours, { columns, scale: "none" });
    expect(inputsOf(encoders.features).map(({ name, type }) => [name, type])).toEqual([
      ["x", { kind: "number", shape: [1] }],
      ["colour", { kind: "index", shape: [], of: 3 }],
    ]);
    expect(splits.train.x).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(splits.train.others).toEqual([{ name: "colour", width: 1, data: Int32Array.of(2, 1, 2, 0) }]);
  });

  test("has one more index where unknown words are allowed", () => {
    const others = { colour: category({ encoder: "ordinal", unknown: "other" }) };
    const { encoders } = prepared(colours, { columns: others });
    expect(inputsOf(encoders.features)[1]?.type).toEqual({ kind: "index", shape: [], of: 4 });
    const result = encodeInput(encoders, [{ colour: "pink", size: 1 }]);
    expect(result).toMatchObject({ others: [{ data: Int32Array.of(3) }] });
  });

  test("numbers the classes of a target", () => {
    const { encoders, splits } = prepared(table("a,y\n1,no\n2,yes\n3,no\n"), { predicts: "class" });
    expect(encoders.fitted.target).toMatchObject([{ encoder: "ordinal", params: { words: ["no", "yes"] } }]);
    expect(splits.train.y).toEqual(Int32Array.of(0, 1, 0));
    expect(splits.train.target).toEqual(Float64Array.of(0, 1, 0));
  });
});

test("numbers are words by their value, and in its order", () => {
  const data = table("code,y\n10,1\n9,2\n10.0,3\n");
  const { encoders } = prepared(data, { columns: { code: category() } });
  expect(encoders.features[0]?.fitted.params).toEqual({ words: ["9", "10"], unknown: "error" });
  for (const code of [9, "9", "9.0", " 9"]) {
    expect(encodeInput(encoders, [{ code }])).toMatchObject({ x: Float32Array.of(1, 0) });
  }
  expect(inOrder(["b", "10", "a", "9", "b", "01", "1"])).toEqual(["01", "1", "9", "10", "a", "b"]);
});

test("stated words keep their order, and are there without a row", () => {
  const columns = { colour: category({ values: ["red", "blue", "black", "green"] }) };
  const { encoders } = prepared(colours, { columns });
  expect(encoders.fitted.features[0]).toMatchObject({
    params: { words: ["red", "blue", "black", "green"] },
    contract: { values: ["red", "blue", "black", "green"] },
  });
  expect("x" in encodeInput(encoders, [{ colour: "black", size: 1 }])).toBe(true);
  expect(refused(encodeInput(encoders, [{ colour: "pink", size: 1 }]))[0]).toMatchObject({
    code: "NW0639",
    column: "colour",
  });
});

test("what was learned is read back by the encoder itself, and by none other", () => {
  const { encoders } = prepared(colours, { columns: { colour: category() } });
  const { fitted } = encoders;
  const again = readEncoders(writeEncoders(fitted));
  if (!("encoders" in again)) throw new Error("not read");
  expect(again.encoders).toEqual(fitted);
  const input = [{ colour: "blue", size: 2 }];
  expect(encodeInput(opened(again.encoders), input)).toEqual(encodeInput(encoders, input));

  const [first] = fitted.features;
  const damaged = (params: object): FittedColumn => ({ ...first, params }) as FittedColumn;
  for (const params of [
    {},
    { words: [], unknown: "error" },
    { words: ["a", "a"], unknown: "error" },
    { words: ["a", 1], unknown: "error" },
    { words: ["a"], unknown: "some" },
  ]) {
    expect(oneHot.open(damaged(params).params)).toBeNull();
    const text = JSON.stringify({ ...fitted, features: [damaged(params)] });
    expect(refused(readEncoders(text))).toMatchObject([{ code: "NW0660" }]);
  }
  expect(refused(openEncoders({ ...fitted, features: [damaged({})] }, dataDefinitions))).toMatchObject([
    { code: "NW0660", message: expect.stringContaining("column `colour`") },
  ]);
});

test("many words stay apart", () => {
  const words = Array.from({ length: 3000 }, (_, i) => `w${i}`);
  const data = table(`word,y\n${words.map((word, i) => `${word},${i}`).join("\n")}\n`);
  const { splits } = prepared(data, { columns: { word: category({ encoder: "ordinal" }) } });
  expect(new Set(splits.train.others?.[0]?.data).size).toBe(3000);
});
