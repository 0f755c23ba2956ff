// Labels: several in a cell, none in an empty one; what is learned, written, and refused.

import { describe, expect, test } from "@jest/globals";
import { checkEncoders, encodeInput, prepare } from "../../src/index.ts";
import { multiHot } from "../../src/preprocess/multi-hot.ts";
import { planOf, prepared, problemsOf, table } from "../support.ts";

const labels = { name: "labels", args: { values: null, separator: "|", missing: null } };
const data = table("tags,y\nb| a,1\na|a,2\n,3\nc,4\n");
const { encoders, splits } = prepared(data, { columns: { tags: labels }, scale: "none" });

test("a cell is 1 for each of its labels, however often and with whatever blanks, and an empty one 0 for all", () => {
  expect(encoders.fitted.features[0]).toMatchObject({
    encoder: "multi_hot",
    params: { labels: ["a", "b", "c"], separator: "|", unknown: "error" },
  });
  expect(splits.train.x).toEqual(Float32Array.of(1, 1, 0, /**/ 1, 0, 0, /**/ 0, 0, 0, /**/ 0, 0, 1));
});

test("a label that training has not seen is refused", () => {
  expect(problemsOf(encodeInput(encoders, table("tags\na|d\n")))).toMatchObject([{ code: "NW0658" }]);
  expect(encodeInput(encoders, table("tags\nc|b\n"))).toMatchObject({ x: Float32Array.of(0, 1, 1) });
});

test("a target of labels has 1 and 0 for each, and how often each is listed", () => {
  const { encoders: own, splits: parts } = prepared(table("x,tags\n1,b|a\n2,a\n3,\n4,c|a\n"), {
    target: ["tags"],
    columns: { tags: labels },
    predicts: "labels",
    scale: "none",
  });
  expect(own.fitted.target[0]).toMatchObject({ encoder: "multi_hot", seen: { counts: [3, 1, 1] } });
  expect(parts.train.y).toEqual(Float32Array.of(1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1));
  expect([...parts.train.target]).toEqual([...parts.train.y]);
});

describe("what was saved is checked", () => {
  const sound = { labels: ["a", "b"], separator: "|", unknown: "error" };

  test.each([
    ["no labels", { ...sound, labels: [] }],
    ["a label twice", { ...sound, labels: ["a", "a"] }],
    ["an empty label", { ...sound, labels: [""] }],
    ["a number", { ...sound, labels: [1] }],
    ["no separator", { ...sound, separator: null }],
    ["another policy", { ...sound, unknown: "guess" }],
    ["nothing", {}],
  ])("%s", (_, params) => {
    expect(multiHot.open(sound)).not.toBeNull();
    expect(multiHot.open(params)).toBeNull();
  });
});

describe("thresholds and weights are checked as well", () => {
  const { encoders: own } = prepared(table("a,y\n1,no\n2,yes\n3,no\n"), { predicts: "class" });
  const [target] = own.fitted.target;
  const saved = (threshold: unknown, weight?: unknown) => ({
    ...own.fitted,
    version: 3,
    target: [{ ...target, threshold }],
    ...(weight === undefined ? {} : { weight }),
  });

  test("sound ones are read", () => {
    expect(checkEncoders(saved(0.3))).toMatchObject({
      encoders: { version: 3, target: [{ threshold: 0.3 }] },
    });
    expect(checkEncoders(saved(0.3, { column: "w" }))).toMatchObject({
      encoders: { weight: { column: "w" } },
    });
    expect(checkEncoders(saved(0.3, "balanced"))).toMatchObject({ encoders: { weight: "balanced" } });
  });

  test("what has neither is written as before", () => {
    expect(own.fitted.version).toBe(2);
  });

  test.each([
    ["a threshold above 1", saved(1.5)],
    ["a threshold that is a text", saved("0.5")],
    ["a threshold that is no number", saved(null)],
    ["a weight of another kind", saved(0.5, 3)],
    ["a weight without a name", saved(0.5, { column: "" })],
  ])("%s is refused", (_, value) => {
    expect(problemsOf(checkEncoders(value))).toMatchObject([{ code: "NW0660" }]);
  });

  test("a threshold of three classes is refused", () => {
    const three = prepared(table("a,y\n1,no\n2,yes\n3,so\n"), { predicts: "class" }).encoders.fitted;
    const value = { ...three, version: 3, target: three.target.map((one) => ({ ...one, threshold: 0.5 })) };
    expect(problemsOf(checkEncoders(value))).toMatchObject([{ code: "NW0660" }]);
  });
});

test("a class that no training row has is told", () => {
  const values = ["no", "yes", "perhaps"];
  const types = { y: { name: "category", args: { values, encoder: null, missing: null } } };
  const result = prepare(table("a,y\n1,no\n2,yes\n3,no\n"), planOf({ columns: types, predicts: "class" }));
  const warnings = "warnings" in result ? result.warnings : [];
  // That the others have few rows is another matter.
  expect(warnings.filter(({ code }) => code !== "NW0659")).toMatchObject([
    {
      code: "NW0664",
      column: "y",
      message: expect.stringContaining("`perhaps` of column `y` is in no training row"),
    },
  ]);
});

test("cells of separators alone end in no exception", () => {
  const { encoders: odd } = prepared(table("tags,y\n|,1\n||,2\n"), {
    columns: { tags: labels },
    scale: "none",
  });
  expect(odd.fitted.features[0]).toMatchObject({ params: { labels: ["|", "||"] } });
});
