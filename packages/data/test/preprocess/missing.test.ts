// What is filled in for missing values.

import { describe, expect, test } from "@jest/globals";
import { lookUp } from "@netwright/definitions";
import { encodeInput, inputsOf, prepare, readEncoders, writeEncoders } from "../../src/index.ts";
import { fitMissing, fitMissingWords } from "../../src/missing/policy.ts";
import { missingPolicies } from "../../src/missing/table.ts";
import { category, column, opened, planOf, prepared, problemsOf, table } from "../support.ts";

test.each([
  ["mean", [1, 2, 6], 3],
  ["median", [10, 1, 2], 2],
  ["median", [10, 1, 2, 4], 3],
  ["median", [5], 5],
  ["most_frequent", [3, 1, 3, 1, 2], 1],
  ["most_frequent", [-0], 0],
  ["most_frequent", [7, 2, 7], 7],
  ["own_class", [1, 2], null],
  ["error", [1, 2], null],
  ["drop", [1, 2], null],
] as const)("%s of %j is %j", (policy, values, fill) => {
  expect(fitMissing(lookUp(missingPolicies, policy), {}, Float64Array.from(values))).toEqual({
    policy,
    fill,
  });
});

test("constant is the number that the file states", () => {
  const constant = lookUp(missingPolicies, "constant");
  expect(fitMissing(constant, { value: -0 }, Float64Array.of(1))).toEqual({ policy: "constant", fill: 0 });
});

test("most_frequent is the word that most rows have, of several the first in order", () => {
  const words = ["b", "a", "10", "9"];
  const rule = (codes: readonly number[]) =>
    fitMissingWords(lookUp(missingPolicies, "most_frequent"), {}, { codes: Int32Array.from(codes), words });
  expect(rule([0, 1, 0])).toEqual({ policy: "most_frequent", fill: "b" });
  expect(rule([0, 1, 2, 3])).toEqual({ policy: "most_frequent", fill: "9" });
});

describe("an indicator", () => {
  const data = table("a,b,word,y\n1,5,x,1\n,6,,2\n3,7,x,3\n3,8,z,4\n");
  const columns = {
    a: { ...column, scale: "none", missing: "mean", indicator: true },
    word: category({ missing: "most_frequent", indicator: true }),
  };
  const { encoders, splits } = prepared(data, { columns, scale: "none" });

  test("is one more number of its column, 1 where the value is missing", () => {
    const mean = Math.fround(7 / 3);
    expect(splits.train.x).toEqual(
      Float32Array.of(1, 0, 5, 1, 0, 0, mean, 1, 6, 1, 0, 1, 3, 0, 7, 1, 0, 0, 3, 0, 8, 0, 1, 0),
    );
    expect(inputsOf(encoders.features)[0]?.type).toEqual({ kind: "number", shape: [6] });
    expect(encodeInput(encoders, [{ a: "", b: 1, word: "" }])).toMatchObject({
      x: Float32Array.of(mean, 1, 1, 1, 0, 1),
    });
  });

  test("is saved and read back, and is no other than true", () => {
    const { fitted } = encoders;
    expect(fitted.features.map(({ missing }) => missing)).toEqual([
      { policy: "mean", fill: 7 / 3, indicator: true },
      { policy: "error", fill: null },
      { policy: "most_frequent", fill: "x", indicator: true },
    ]);
    const again = readEncoders(writeEncoders(fitted));
    if (!("encoders" in again)) throw new Error("not read");
    expect(encodeInput(opened(again.encoders), [{ a: "", b: 1, word: "" }])).toEqual(
      encodeInput(encoders, [{ a: "", b: 1, word: "" }]),
    );
    for (const [from, to] of [
      ['"fill":"x"', '"fill":""'],
      ['"fill":"x"', '"fill":3'],
      ['"fill":"x"', '"fill":null'],
      ['"indicator":true', '"indicator":false'],
      ['"policy":"error","fill":null', '"policy":"error","fill":null,"indicator":true'],
    ] as const) {
      expect(problemsOf(readEncoders(writeEncoders(fitted).replace(from, to)))).toMatchObject([
        { code: "NW0660" },
      ]);
    }
  });

  test("of a word that the encoder does not know is damage", () => {
    const text = writeEncoders(encoders.fitted).replace('"fill":"x"', '"fill":"q"');
    const again = readEncoders(text);
    expect(() => opened("encoders" in again ? again.encoders : encoders.fitted)).toThrow("NW0660");
  });

  test("has no place beside an index", () => {
    const index = { word: category({ encoder: "ordinal", missing: "most_frequent", indicator: true }) };
    const own = planOf({ columns: { ...columns, ...index }, scale: "none" });
    expect(problemsOf(prepare(data, own))).toMatchObject([
      { code: "NW0648", column: "word", setting: "columns.word" },
    ]);
  });
});
