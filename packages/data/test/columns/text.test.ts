// Columns of texts: bags, hashes and sequences of words.

import { describe, expect, test } from "@jest/globals";
import type { Args } from "@netwright/definitions";
import { log } from "@netwright/ir/numerics";
import { encodeInput, inputsOf, prepare, readEncoders, writeEncoders } from "../../src/index.ts";
import { described, named, opened, planOf, prepared, problemsOf, table } from "../support.ts";

const texts = (encoder: string, args: Args = {}, more = {}) => ({
  note: described("text", { encoder: named("encoder", encoder, args), ...more }),
});
const data = table('note,y\n"Quiet, quiet room",1\nlarge ROOM,2\nquiet,3\n,4\n');
const xOf = (encoder: string, args: Args = {}) => {
  const { splits, encoders } = prepared(data, { columns: texts(encoder, args) });
  const width = splits.train.x.length / 4;
  return {
    rows: [0, 1, 2, 3].map((row) => [...splits.train.x.slice(row * width, (row + 1) * width)]),
    params: encoders.fitted.features[0]?.params,
    encoders,
  };
};

describe("bag_of_words", () => {
  test("counts the words, the most frequent first and then by their letters; an empty text has none", () => {
    const { rows, params } = xOf("bag_of_words", { weights: "count" });
    expect(params).toEqual({ of: "words", n: 1, weights: "count", words: ["quiet", "room", "large"] });
    expect(rows).toEqual([
      [2, 1, 0],
      [0, 1, 1],
      [1, 0, 0],
      [0, 0, 0],
    ]);
    expect(xOf("bag_of_words", { weights: "presence" }).rows[0]).toEqual([1, 1, 0]);
  });

  test("knows as many words as it is told", () => {
    const { rows } = xOf("bag_of_words", { weights: "count", vocabulary: 1 });
    expect(rows).toEqual([[2], [0], [1], [0]]);
  });

  test("weighs them as scikit-learn does, with the bits of every machine", () => {
    const idf = [2, 2, 1].map((count) => log(Math.fround(5 / (1 + count))) + 1);
    const { rows, params } = xOf("bag_of_words");
    expect(params).toMatchObject({ weights: "tf_idf", idf });
    const [a = 0, b = 0] = [2 * (idf[0] ?? 0), idf[1] ?? 0];
    const length = Math.sqrt(a * a + b * b);
    expect(rows[0]).toEqual([a / length, b / length, 0].map(Math.fround));
    expect(rows[3]).toEqual([0, 0, 0]);
  });

  test("takes runs of words or of characters", () => {
    expect(xOf("bag_of_words", { n: 2 }).params).toMatchObject({
      words: ["large room", "quiet", "quiet quiet", "quiet room"],
    });
    expect(xOf("bag_of_words", { of: "characters", vocabulary: 2 }).params).toMatchObject({
      n: 3,
      words: [" ro", "iet"],
    });
  });

  test("passes over words that it does not know, in new rows", () => {
    const { encoders } = xOf("bag_of_words", { weights: "count" });
    const result = encodeInput(encoders, [{ note: "a quiet house" }, { note: null }, { note: 7 }]);
    expect(result).toMatchObject({ x: Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0) });
  });
});

test("a text is a text of the training rows or not at all", () => {
  const split = { train: 0.5, validation: 0.25, test: 0.25, seed: 0 };
  const rows = Array.from({ length: 20 }, (_, i) => `w${i},${i}`).join("\n");
  const columns = { w: described("text", { encoder: named("encoder", "bag_of_words") }) };
  const { encoders, splits } = prepared(table(`w,y\n${rows}\n`), { columns, split });
  const { words } = encoders.fitted.features[0]?.params ?? {};
  expect(words).toHaveLength(10);
  expect(splits.test.x.every((x) => x === 0)).toBe(true);
});

test("hashed_words counts in buckets, which no table changes", () => {
  const { rows, params } = xOf("hashed_words", { buckets: 16 });
  expect(params).toEqual({ buckets: 16, of: "words", n: 1 });
  expect(rows.map((row) => row.length)).toEqual([16, 16, 16, 16]);
  const sizes = rows.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0));
  expect(sizes).toEqual([3, 2, 1, 0]);
  expect(rows[0]?.map((x, b) => x - 2 * (rows[2]?.[b] ?? 0)).filter((x) => x !== 0)).toHaveLength(1);
});

describe("word_sequence", () => {
  const { encoders, splits } = prepared(data, {
    columns: texts("word_sequence", { length: 3, vocabulary: 2 }),
  });

  test("gives the numbers of the words in order, an input of its own", () => {
    expect(inputsOf(encoders.features).map(({ name, type }) => [name, type])).toEqual([
      ["note", { kind: "index", shape: [3], of: 4 }],
    ]);
    expect(splits.train.others).toEqual([
      { name: "note", width: 3, data: Int32Array.of(2, 2, 3, /**/ 1, 3, 0, /**/ 2, 0, 0, /**/ 0, 0, 0) },
    ]);
  });

  test("cuts longer texts", () => {
    const result = encodeInput(encoders, [{ note: "room room room quiet" }]);
    expect(result).toMatchObject({ others: [{ data: Int32Array.of(3, 3, 3) }] });
  });
});

test("rows with the same text have the same numbers, beside those of other columns", () => {
  const same = table("z,note,y\n1,a b,1\n2,c,2\n3,a b,3\n4,c,4\n");
  const columns = texts("bag_of_words", { weights: "count" });
  const { splits } = prepared(same, { columns, scale: "none" });
  expect(splits.train.x).toEqual(
    Float32Array.of(1, 1, 1, 0, /**/ 2, 0, 0, 1, /**/ 3, 1, 1, 0, /**/ 4, 0, 0, 1),
  );
});

test("missing texts are errors or left out where the file says so", () => {
  const drop = texts("bag_of_words", {}, { missing: named("missing", "drop") });
  expect(prepared(data, { columns: drop }).splits.train.rows).toBe(3);
  const mean = texts("bag_of_words", {}, { missing: named("missing", "mean") });
  expect(problemsOf(prepare(data, planOf({ columns: mean })))).toMatchObject([
    { code: "NW0648" },
    { code: "NW0631", row: 4 },
  ]);
});

test("a saved model means the same words", () => {
  for (const encoder of ["bag_of_words", "hashed_words", "word_sequence"]) {
    const { fitted } = xOf(encoder).encoders;
    const read = readEncoders(writeEncoders(fitted));
    if ("problems" in read) throw new Error(JSON.stringify(read.problems));
    expect(read.encoders).toEqual(fitted);
    const input = [{ note: "A LARGE, quiet room" }];
    expect(encodeInput(opened(read.encoders), input)).toEqual(encodeInput(xOf(encoder).encoders, input));
  }
});

test.each([
  ["bag_of_words", '"n":1', '"n":0'],
  ["bag_of_words", '"of":"words"', '"of":"lines"'],
  ["bag_of_words", '"weights":"tf_idf"', '"weights":"some"'],
  ["bag_of_words", '"room","large"', '"room","room"'],
  ["bag_of_words", /"idf":\[[^,]*,/, '"idf":['],
  ["hashed_words", '"buckets":256', '"buckets":1e9'],
  ["word_sequence", '"length":32', '"length":-1'],
  ["word_sequence", '"quiet","room"', '"quiet",7'],
])("%s with %s as %s is damaged", (encoder, from, to) => {
  const text = writeEncoders(xOf(encoder).encoders.fitted);
  const damaged = text.replace(from, to);
  expect(damaged).not.toBe(text);
  expect(problemsOf(readEncoders(damaged))).toMatchObject([{ code: "NW0660" }]);
});
