// Columns of words in an order that the file states.

import { describe, expect, test } from "@jest/globals";
import { columnTypes, encodeInput, prepare } from "../../src/index.ts";
import { described, named, planOf, prepared, problemsOf, table } from "../support.ts";

const SIZES = ["small", "medium", "large", "huge"];
const sizes = table("size,y\nlarge,1\nsmall,2\nhuge,3\nmedium,4\n");
const ordinal = (args = {}) => ({
  size: described("ordinal", {
    values: SIZES,
    encoder: named("encoder", "thermometer", { unknown: "error" }),
    ...args,
  }),
});

test("words become the steps up to them, in the order of the file and not of the alphabet", () => {
  const { splits, encoders } = prepared(sizes, { columns: ordinal() });
  expect(splits.train.x).toEqual(Float32Array.of(1, 1, 0, /**/ 0, 0, 0, /**/ 1, 1, 1, /**/ 1, 0, 0));
  expect(encoders.fitted.features[0]).toMatchObject({
    encoder: "thermometer",
    params: { words: SIZES },
    contract: { values: SIZES },
  });
});

test("other words are errors, when training and when predicting", () => {
  const result = prepare(table("size,y\nsmall,1\nlarg,2\n"), planOf({ columns: ordinal() }));
  expect(problemsOf(result)).toMatchObject([
    { code: "NW0639", row: 2, notes: ["Did you mean `large`?", expect.anything()] },
  ]);
  const { encoders } = prepared(sizes, { columns: ordinal() });
  expect(problemsOf(encodeInput(encoders, [{ size: "tiny" }]))[0]).toMatchObject({ code: "NW0639" });
});

describe("a missing word", () => {
  const gaps = table("size,y\nlarge,1\n,2\nsmall,3\n");

  test("is a number of its own and no step", () => {
    const columns = ordinal({ missing: named("missing", "own_class") });
    const { splits } = prepared(gaps, { columns });
    expect(splits.train.x).toEqual(Float32Array.of(1, 1, 0, 0, /**/ 0, 0, 0, 1, /**/ 0, 0, 0, 0));
  });

  test("is one where the words are found in the table, too", () => {
    const columns = {
      size: described("category", {
        encoder: named("encoder", "thermometer", { unknown: "other" }),
        missing: named("missing", "own_class"),
      }),
    };
    const { splits, encoders } = prepared(table("size,y\n10,1\n,2\n9,3\n"), { columns });
    expect(splits.train.x).toEqual(Float32Array.of(1, 0, 0, 1, 0, 0));
    expect(encodeInput(encoders, [{ size: 7 }])).toMatchObject({ x: Float32Array.of(0.5, 0) });
  });

  test("is an error elsewhere", () => {
    expect(problemsOf(prepare(gaps, planOf({ columns: ordinal() })))).toMatchObject([{ code: "NW0631" }]);
  });
});

test("classes of a target have the order of the file", () => {
  const text = table("a,size\n1,large\n2,small\n3,huge\n");
  const { encoders, splits } = prepared(text, { target: ["size"], predicts: "class", columns: ordinal() });
  expect(encoders.fitted.target[0]?.params).toMatchObject({ words: SIZES });
  expect(splits.train.y).toEqual(Int32Array.of(2, 0, 3));
});

test.each([[["a", "a"]], [["a", ""]], [["a"]]])("%j are no order", (values) => {
  expect(columnTypes.get("ordinal")?.conflict(described("ordinal", { values }).args)).toMatchObject({
    parameter: "values",
  });
});
