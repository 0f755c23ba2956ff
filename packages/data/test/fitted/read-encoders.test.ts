// Fitted encoders written and read back, whole and damaged.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkEncoders, encodeInput, readEncoders, writeEncoders } from "../../src/index.ts";
import { column, opened, prepared, problemsOf, table } from "../support.ts";

const data = table("a,b,c,d,y\n1,,3,4,5\n2.5,3,1e-9,7,0.1\n4,9,0,1,3\n");
const { encoders: open } = prepared(data, {
  columns: {
    a: { ...column, unit: "kg/m3", min: 0, max: 10 },
    b: { ...column, scale: "minmax", missing: "median" },
    c: { ...column, scale: "log1p" },
    d: { ...column, scale: "none" },
  },
});

const { fitted: encoders } = open;

function reread(text: string) {
  const result = readEncoders(text);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.encoders;
}

describe("writeEncoders and readEncoders", () => {
  test("give back the same, to the bit", () => {
    const again = reread(writeEncoders(encoders));
    expect(again).toEqual(encoders);
    expect(writeEncoders(again)).toBe(writeEncoders(encoders));
    expect(encodeInput(opened(again), data)).toEqual(encodeInput(open, data));
  });

  test("for any fitted numbers", () => {
    const cell = fc.double({ min: -1e30, max: 1e30, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 2 }),
        fc.constantFrom("zscore", "minmax"),
        (rows, scale) => {
          const fitted = prepared(table(`a,y\n${rows.map((r) => r.join()).join("\n")}\n`), {
            scale,
          }).encoders.fitted;
          expect(reread(writeEncoders(fitted))).toEqual(fitted);
        },
      ),
    );
  });

  test("the shape of version 2", () => {
    expect(JSON.parse(writeEncoders(encoders))).toMatchObject({
      format: "netwright-encoders",
      version: 2,
      features: [
        {
          kind: "number",
          name: "a",
          encoder: "zscore",
          params: { mean: 2.5 },
          missing: { policy: "error", fill: null },
          contract: { unit: "kg/m3", min: 0, max: 10 },
          seen: { min: 1, max: 4, mean: 2.5 },
        },
        {
          name: "b",
          encoder: "minmax",
          params: { min: 3, range: 6 },
          missing: { policy: "median", fill: 6 },
        },
        { name: "c", encoder: "log1p", params: {} },
        { name: "d", encoder: "none", params: {} },
      ],
      target: [{ name: "y", encoder: "zscore" }],
    });
  });
});

test("what predictions are held within is said by version 4, and a range that is none is refused", () => {
  const { encoders: held } = prepared(data, {
    target: ["y"],
    features: ["a"],
    columns: { y: { ...column, clamp: true } },
  });
  expect(held.fitted).toMatchObject({ version: 4, target: [{ name: "y", range: { min: 0.1, max: 5 } }] });
  expect(reread(writeEncoders(held.fitted))).toEqual(held.fitted);
  const damaged = writeEncoders(held.fitted).replace('"range":{"min":0.1', '"range":{"min":10');
  expect(readEncoders(damaged)).toMatchObject({ problems: [{ code: "NW0660" }] });
});

test("version 1, which had columns of numbers alone, is read", () => {
  const old = (columns: typeof encoders.features) => columns.map(({ kind: _, ...column }) => column);
  const saved = { ...encoders, version: 1, features: old(encoders.features), target: old(encoders.target) };
  expect(reread(JSON.stringify(saved))).toEqual(encoders);
});

test("what was saved before the seen values were kept is read", () => {
  const bare = (columns: typeof encoders.features) =>
    columns.map((column) => {
      const { seen: _, ...others } = { seen: undefined, ...column };
      return others;
    });
  const old = { ...encoders, features: bare(encoders.features), target: bare(encoders.target) };
  expect(reread(JSON.stringify(old))).toEqual(old);
});

test("values that are too large to sum leave no range behind", () => {
  const large = prepared(table("a,y\n1e308,1\n1.2e308,2\n"), { scale: "minmax" }).encoders.fitted;
  expect(large.features[0]).not.toHaveProperty("seen");
  expect(reread(writeEncoders(large))).toEqual(large);
});

describe("what is damaged", () => {
  const [first] = encoders.features;
  const withFirst = (changes: object) => ({ ...encoders, features: [{ ...first, ...changes }] });

  test.each<[string, unknown]>([
    ["null", null],
    ["a list", []],
    ["another format", { ...encoders, format: "other" }],
    ["no version", { ...encoders, version: undefined }],
    ["no features", { ...encoders, features: [] }],
    ["no target", { ...encoders, target: undefined }],
    ["a column that is none", { ...encoders, features: [1] }],
    ["a column without a name", withFirst({ name: "" })],
    ["an encoder that no file can name", withFirst({ encoder: "to string" })],
    ["an encoder for another kind of column", withFirst({ encoder: "one_hot" })],
    ["a parameter that is missing", withFirst({ params: { mean: 1 } })],
    ["a parameter that is no number", withFirst({ params: { mean: "1", std: 1 } })],
    ["a parameter that is not finite", withFirst({ params: { mean: Number.NaN, std: 1 } })],
    ["a scale of zero", withFirst({ params: { mean: 1, std: 0 } })],
    ["a policy that no file can name", withFirst({ missing: { policy: "../zero", fill: 0 } })],
    ["a fill that is no number", withFirst({ missing: { policy: "zero", fill: "0" } })],
    ["a policy without its fill", withFirst({ missing: { policy: "mean", fill: null } })],
    ["a fill without its policy", withFirst({ missing: { policy: "error", fill: 1 } })],
    ["a bound that is no number", withFirst({ contract: { unit: null, min: "0", max: null } })],
    ["no contract", withFirst({ contract: undefined })],
    ["seen values that are no range", withFirst({ seen: { min: 2, max: 1, mean: 1.5 } })],
    ["seen values that are no numbers", withFirst({ seen: { min: 1, max: "2", mean: 1.5 } })],
    ["names of other columns that are none", { ...encoders, unused: ["id", 3] }],
    ["a column twice", { ...encoders, features: [first, first] }],
    ["a column that is feature and target", { ...encoders, features: encoders.target }],
    ["bounds that no number meets", withFirst({ contract: { unit: null, min: 2, max: 1 } })],
    [
      "a mean of words",
      withFirst({
        kind: "words",
        encoder: "one_hot",
        params: { words: ["a"], unknown: "error" },
        missing: { policy: "mean", fill: 1 },
        contract: { values: null },
      }),
    ],
    [
      "classes beside another target",
      {
        ...encoders,
        target: [
          ...encoders.target,
          {
            kind: "words",
            name: "z",
            encoder: "ordinal",
            params: { words: ["a"], unknown: "error" },
            missing: { policy: "error", fill: null },
            contract: { values: null },
          },
        ],
      },
    ],
    ["a name with an escape", withFirst({ name: "a", encoder: "\u001b[2J" })],
  ])("%s", (_, value) => {
    expect(problemsOf(checkEncoders(value))).toMatchObject([{ code: "NW0660", severity: "error" }]);
  });

  test("many columns that are none are not all told, and take no time", () => {
    expect(problemsOf(checkEncoders({ ...encoders, features: new Array(1e5).fill(1) }))).toHaveLength(5);
    const many = Array.from({ length: 1e5 }, (_, i) => ({ ...first, name: `c${i}` }));
    expect(checkEncoders({ ...encoders, features: many })).toHaveProperty("encoders");
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "a\u0000b", "\u202e"])(
    "a column may be called %j",
    (name) => {
      const read = reread(JSON.stringify(withFirst({ name })));
      expect(read.features.map((column) => column.name)).toEqual([name]);
    },
  );

  test("text that is not JSON", () => {
    expect(problemsOf(readEncoders("{"))).toMatchObject([
      { code: "NW0660", message: "The saved encoders cannot be read: they are not valid JSON." },
    ]);
  });

  test("a newer version", () => {
    expect(problemsOf(checkEncoders({ ...encoders, version: 8 }))).toMatchObject([
      { code: "NW0661", message: "The saved encoders have version 8; this release reads up to version 7." },
    ]);
  });
});

describe("a target of words", () => {
  const { fitted: words } = prepared(table("a,y\n1,no\n2,yes\n3,no\n"), { predicts: "class" }).encoders;
  const [target] = words.target;
  const withSeen = (seen: unknown) => JSON.stringify({ ...words, target: [{ ...target, seen }] });

  test("keeps how often each word was seen in training", () => {
    expect(target).toMatchObject({ seen: { counts: [2, 1] } });
    expect(reread(writeEncoders(words))).toEqual(words);
  });

  test.each<[string, unknown]>([
    ["no counts", {}],
    ["one too few", { counts: [2] }],
    ["less than none", { counts: [2, -1] }],
    ["a half", { counts: [2, 0.5] }],
    ["none at all", { counts: [0, 0] }],
  ])("is damaged with %s", (_, seen) => {
    expect(readEncoders(withSeen(seen))).toMatchObject({ problems: [{ code: "NW0660" }] });
  });
});
