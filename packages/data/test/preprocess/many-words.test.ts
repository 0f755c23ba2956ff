// Encoders of columns of many words: rare ones merged, hashes, means of the target; and new words as missing values.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { withDefaults } from "@netwright/definitions";
import fc from "fast-check";
import {
  encodeInput,
  encodeLabelled,
  encoders,
  inputsOf,
  prepare,
  readEncoders,
  writeEncoders,
} from "../../src/index.ts";
import type { WordCoding, WordEncoder } from "../../src/preprocess/encoder.ts";
import { murmurHash } from "../../src/preprocess/murmur-hash.ts";
import { category, opened, planOf, prepared, problemsOf, table } from "../support.ts";

const colours = table("colour,y\nred,1\nred,2\nred,3\nblue,4\nblue,5\npink,6\nteal,7\n");
const xOf = (result: object) => ("x" in result && result.x instanceof Float32Array ? [...result.x] : result);

function wordEncoder(name: string): WordEncoder {
  const encoder = encoders.get(name);
  if (encoder?.takes !== "words") throw new Error(`${name} does not take words`);
  return encoder;
}

function written({ writer, output }: WordCoding, words: readonly string[]): readonly number[] {
  const width = output.shape.reduce((product, size) => product * size, 1);
  const into =
    output.kind === "index" ? new Int32Array(words.length * width) : new Float32Array(words.length * width);
  writer(words)(Int32Array.from(words.keys()), { into, at: 0, width });
  return [...into];
}

describe("rare words", () => {
  const codes = (args: object, settings: object = {}) => {
    const columns = { colour: category({ args: { ...args }, ...settings }) };
    return prepared(colours, { columns, scale: "none" }).encoders;
  };

  test("are none of those that are told apart", () => {
    const encoders = codes({ min_count: 2 });
    expect(encoders.fitted.features[0]?.params).toEqual({
      words: ["blue", "red"],
      unknown: "error",
      rare: ["pink", "teal"],
    });
    const input = ["red", "pink"].map((colour) => ({ colour }));
    expect(xOf(encodeInput(encoders, input))).toEqual([0, 1, 0, 0]);
    // What is rare is known; what is new is not.
    expect(problemsOf(encodeInput(encoders, [{ colour: "mauve" }]))).toMatchObject([{ code: "NW0658" }]);
  });

  test("are those beyond the most frequent", () => {
    expect(codes({ most: 1 }).fitted.features[0]?.params).toMatchObject({ words: ["red"] });
    expect(codes({ most: 3 }).fitted.features[0]?.params).toMatchObject({ words: ["blue", "pink", "red"] });
    expect(codes({ most: 9 }).fitted.features[0]?.params).toEqual({
      words: ["blue", "pink", "red", "teal"],
      unknown: "error",
    });
    expect(
      codes({ most: 1 }, { values: ["teal", "red", "blue", "pink"] }).fitted.features[0]?.params,
    ).toMatchObject({
      words: ["red"],
      rare: ["teal", "blue", "pink"],
    });
  });

  test("have an index behind all others", () => {
    const encoders = codes({ min_count: 2 }, { encoder: "ordinal" });
    expect(inputsOf(encoders.features)[0]?.type).toEqual({ kind: "index", shape: [], of: 3 });
    expect(encodeInput(encoders, [{ colour: "teal" }])).toMatchObject({
      others: [{ data: Int32Array.of(2) }],
    });
  });

  test("are not listed where new words are as they are", () => {
    const encoders = codes({ min_count: 2, unknown: "other" });
    expect(encoders.fitted.features[0]?.params).toEqual({ words: ["blue", "red"], unknown: "other" });
    expect(xOf(encodeInput(encoders, [{ colour: "mauve" }]))).toEqual([0, 0]);
  });

  test("leave the word of a missing value, and all words are too few", () => {
    const data = table("colour,y\nred,1\nred,2\n,3\nblue,4\n");
    const own = { colour: category({ args: { min_count: 2, most: 1 }, missing: "own_class" }) };
    expect(prepared(data, { columns: own }).encoders.fitted.features[0]?.params).toMatchObject({
      words: ["", "red"],
    });
    const columns = { colour: category({ args: { min_count: 4 } }) };
    expect(problemsOf(prepare(colours, planOf({ columns })))).toMatchObject([
      { code: "NW0665", setting: "columns.colour" },
    ]);
  });

  test("of a stranger's file are no other words, and no rule for all", () => {
    const { open } = wordEncoder("one_hot");
    const words = ["a"];
    for (const rare of [["a"], [], ["b", "b"], "b", [1]])
      expect(open({ words, unknown: "error", rare })).toBeNull();
    expect(open({ words, unknown: "other", rare: ["b"] })).toBeNull();
    expect(open({ words, unknown: "missing", rare: ["b"] })).not.toBeNull();
  });
});

describe("new words as missing values", () => {
  const split = { train: 1, validation: 0, test: 0, seed: 0 };
  const encodersOf = (missing: string, more: object = {}) =>
    prepared(colours, {
      columns: { colour: category({ unknown: "missing", missing, ...more }) },
      scale: "none",
      split,
    }).encoders;
  const mauve = [{ colour: "mauve" }, { colour: "red" }];

  test("are the word for it, the most frequent one, or one that is marked", () => {
    expect(xOf(encodeInput(encodersOf("own_class"), mauve))).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(xOf(encodeInput(encodersOf("most_frequent"), mauve))).toEqual([0, 0, 1, 0, 0, 0, 1, 0]);
    const marked = encodersOf("most_frequent", { indicator: true });
    expect(xOf(encodeInput(marked, mauve))).toEqual([0, 0, 1, 0, 1, 0, 0, 1, 0, 0]);
  });

  test("leave rows out of an evaluation, and cannot of a prediction", () => {
    const encoders = encodersOf("drop");
    const labelled = encodeLabelled(encoders, table("colour,y\nmauve,1\nred,2\n"));
    expect(labelled).toMatchObject({ split: { rows: 1 }, warnings: [{ code: "NW0637" }] });
    const [problem] = problemsOf(encodeInput(encoders, mauve));
    expect(problem).toMatchObject({ code: "NW0658" });
    expect(problem?.notes.at(-1)).toContain("own_class");
  });

  test("are errors where a missing value is one", () => {
    const [problem] = problemsOf(encodeInput(encodersOf("error"), mauve));
    expect(problem).toMatchObject({ code: "NW0658", message: expect.stringContaining("`mauve`") });
    expect(problem?.notes.at(-1)).toContain("`missing: error` takes none");
  });

  test("of rows to test on are missing there, too", () => {
    const rows = Array.from({ length: 20 }, (_, i) => `w${i},${i}`).join("\n");
    const columns = { w: category({ unknown: "missing", missing: "own_class" }) };
    const half = { train: 0.5, validation: 0.25, test: 0.25, seed: 0 };
    const { splits, encoders } = prepared(table(`w,y\n${rows}\n`), { columns, split: half });
    const width = splits.test.x.length / splits.test.rows;
    expect(encoders.fitted.features[0]?.params["words"]).toContain("");
    expect([...splits.test.x].filter((x) => x === 1)).toHaveLength(5);
    expect(splits.test.x[0]).toBe(1);
    expect(width).toBe(11);
  });
});

interface Golden {
  readonly encoder: string;
  readonly words: readonly string[];
  readonly target: readonly number[];
  readonly smoothing: number;
  readonly seed: number;
  readonly input: readonly string[];
  readonly output: readonly (number | readonly number[])[];
}

const golden = readFileSync(new URL("./golden/scikit-learn.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line): Golden => JSON.parse(line));

describe("hashing", () => {
  test("is scikit-learn's `murmurhash3_32` of the UTF-8", () => {
    const cases = golden.filter(({ encoder }) => encoder === "hashing");
    expect(cases).not.toHaveLength(0);
    for (const { input, seed, output } of cases) {
      expect(input.map((text) => murmurHash(text, seed))).toEqual(output);
    }
  });

  test("takes every word, as a number for each bucket or as an index", () => {
    const { fit, params, open } = wordEncoder("hashing");
    const pieces = [{ codes: Int32Array.of(0), words: ["a"] }];
    const coding = (args: object) => {
      const learned = fit(pieces, withDefaults(params, { buckets: 4, ...args }), null, null);
      const found = learned === null ? null : open(learned);
      if (found === null) throw new Error("hashing cannot open what it has learned");
      return found;
    };
    const index = coding({ output: "ordinal" });
    expect(index.output).toEqual({ kind: "index", shape: [], of: 4 });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (word) => {
        expect(index.knows(word)).toBe(true);
        const [bucket = -1] = written(index, [word]);
        expect(written(coding({}), [word])).toEqual([0, 1, 2, 3].map((i) => (i === bucket ? 1 : 0)));
      }),
    );
  });

  test("is checked when it is read back", () => {
    const { open } = wordEncoder("hashing");
    const sound = { buckets: 4, seed: 0, output: "one_hot" };
    expect(open(sound)).not.toBeNull();
    for (const change of [
      { buckets: 0 },
      { buckets: 1.5 },
      { seed: -1 },
      { seed: 2 ** 32 },
      { output: "x" },
    ]) {
      expect(open({ ...sound, ...change })).toBeNull();
    }
  });
});

describe("target_mean", () => {
  test("is scikit-learn's `TargetEncoder` over all rows", () => {
    const { fit, open } = wordEncoder("target_mean");
    const cases = golden.filter(({ encoder }) => encoder === "target_mean");
    expect(cases).toHaveLength(9);
    for (const { words, target, smoothing, input, output } of cases) {
      const width = [output[0]].flat().length;
      const values =
        width === 1
          ? target
          : target.flatMap((y) => Array.from({ length: width }, (_, i) => (i === y ? 1 : 0)));
      const pieces = [{ codes: Int32Array.from(words.keys()), words }];
      const learned = fit(pieces, { smoothing }, null, { width, values: Float64Array.from(values) });
      const coding = learned === null ? null : open(learned);
      if (coding === null) throw new Error("target_mean cannot open what it has learned");
      const found = written(coding, input);
      for (const [i, expected] of output.flat().entries()) expect(found[i]).toBeCloseTo(expected, 6);
    }
  });

  const rows = Array.from({ length: 60 }, (_, i) => ({ word: `w${i % 7}`, y: ((i * 37) % 11) + (i % 7) }));
  const text = (changed: readonly { word: string; y: number }[]) =>
    `id,word,y\n${changed.map(({ word, y }, i) => `${i},${word},${y}`).join("\n")}\n`;
  const columns = { word: category({ encoder: "target_mean", args: { smoothing: 2, folds: 4, seed: 1 } }) };
  const codedRows = (changed: readonly { word: string; y: number }[]) =>
    prepared(table(text(changed)), { features: ["word"], columns, scale: "none" });

  test("tells of no training row what the row itself has as target", () => {
    const { splits, encoders } = codedRows(rows);
    const changed = rows.map((row, i) => (i === 17 ? { ...row, y: 1000 } : row));
    const again = codedRows(changed);
    expect(again.splits.train.x[17]).toBe(splits.train.x[17]);
    expect(again.splits.train.x).not.toEqual(splits.train.x);
    expect(encoders.fitted.features[0]?.params).not.toEqual(again.encoders.fitted.features[0]?.params);
  });

  test("is, of each training row, what a fit without some other fold gives", () => {
    const { splits } = codedRows(rows);
    // Rows of one fold are coded by one mean of all for each word: there are as many codes of a word as folds it is in.
    for (const word of new Set(rows.map((row) => row.word))) {
      const codes = new Set(rows.flatMap((row, i) => (row.word === word ? [splits.train.x[i]] : [])));
      expect(codes.size).toBeGreaterThan(1);
      expect(codes.size).toBeLessThanOrEqual(4);
    }
  });

  test("is the same again, and other with another seed", () => {
    const other = { word: category({ encoder: "target_mean", args: { smoothing: 2, folds: 4, seed: 2 } }) };
    const first = codedRows(rows).splits.train.x;
    expect(codedRows(rows).splits.train.x).toEqual(first);
    const plan = { features: ["word"], columns: other, scale: "none" };
    expect(prepared(table(text(rows)), plan).splits.train.x).not.toEqual(first);
  });

  test("gives new rows what all training rows tell, and new words the mean of all", () => {
    const { encoders } = codedRows(rows);
    const mean = rows.reduce((sum, { y }) => sum + y, 0) / rows.length;
    const own = rows.filter(({ word }) => word === "w3");
    const drawn = (own.reduce((sum, { y }) => sum + y, 0) + 2 * mean) / (own.length + 2);
    expect(xOf(encodeInput(encoders, [{ word: "w3" }, { word: "new" }]))).toEqual([
      Math.fround(drawn),
      Math.fround(mean),
    ]);
    const again = readEncoders(writeEncoders(encoders.fitted));
    if (!("encoders" in again)) throw new Error("not read");
    expect(encodeInput(opened(again.encoders), [{ word: "w3" }])).toEqual(
      encodeInput(encoders, [{ word: "w3" }]),
    );
  });

  test("stands beside other columns, where the rows of the others are as they were", () => {
    const data = table(
      `a,word,b,y\n${rows.map(({ word, y }, i) => `${i},${word},${2 * i},${y}`).join("\n")}\n`,
    );
    const { splits } = prepared(data, { columns, scale: "none" });
    const alone = codedRows(rows).splits.train.x;
    for (const i of rows.keys()) {
      expect([...splits.train.x.subarray(3 * i, 3 * i + 3)]).toEqual([i, alone[i], 2 * i]);
    }
  });

  test.each([
    ["two", ["no", "yes"], 1],
    ["three", ["no", "yes", "perhaps"], 3],
  ])("of %s classes is shares", (_, classes, width) => {
    const data = table(
      `word,y\n${rows.map(({ word }, i) => `${word},${classes[i % classes.length]}`).join("\n")}\n`,
    );
    const { splits, encoders } = prepared(data, { columns, predicts: "class" });
    expect(inputsOf(encoders.features)[0]?.type).toEqual({ kind: "number", shape: [width] });
    expect(splits.train.x).toHaveLength(60 * width);
    expect(splits.train.x.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  test("takes a single row, and rows whose word is missing", () => {
    const one = prepared(table("word,y\na,3\n"), { columns, scale: "none" });
    expect([...one.splits.train.x]).toEqual([3]);
    const own = { word: category({ encoder: "target_mean", missing: "own_class" }) };
    const data = table("word,y\na,3\n,5\na,4\n,6\nb,1\n");
    const { encoders } = prepared(data, { columns: own, scale: "none" });
    expect(encoders.fitted.features[0]?.params["words"]).toEqual(["", "a", "b"]);
    expect(encodeInput(encoders, [{ word: "" }])).toHaveProperty("rows", 1);
  });

  test("says no more where the target cannot be fitted", () => {
    const plan = planOf({ features: ["word"], columns, scale: "piecewise_linear" });
    expect(problemsOf(prepare(table(text(rows)), plan))).toMatchObject([{ code: "NW0648", column: "y" }]);
  });

  test("is checked when it is read back", () => {
    const { open } = wordEncoder("target_mean");
    const sound = { words: ["a", "b"], means: [[1], [2]], overall: [1.5] };
    expect(open(sound)).not.toBeNull();
    for (const change of [
      { words: ["a"] },
      { words: ["a", "a"] },
      { means: [[1], [2, 3]] },
      { overall: [] },
      { means: [[1], [null]] },
    ]) {
      expect(open({ ...sound, ...change })).toBeNull();
    }
  });
});
