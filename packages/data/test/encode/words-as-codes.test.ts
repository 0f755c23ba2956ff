// A column of very many words lies as the numbers of its words: what is gathered is what the columns are encoded to.

import { expect, test } from "@jest/globals";
import { encodeInput, feedsOf, prepare, type RowStore, rowsOf, type Split } from "../../src/index.ts";
import { category, column, planOf, table } from "../support.ts";

const ROWS = 3_000;
const WORDS = 700;
const word = (row: number, step: number) => {
  const code = (row * step) % (WORDS + 1);
  return code === WORDS ? "" : `w${code}`;
};
const header = "a,one,b,two,many,mean,y";
const lines = Array.from({ length: ROWS }, (_, i) =>
  [
    i % 17,
    word(i, 7),
    (i * 31) % 101,
    word(i, 11),
    `${word(i, 3)}|${word(i, 5)}`,
    word(i, 13) || "w0",
    (i * i) % 29,
  ].join(","),
);
const columns = {
  one: category({ missing: "own_class" }),
  two: category({ missing: "most_frequent", encoder: "hashing", args: { buckets: 300 } }),
  many: { name: "labels", args: { values: null, separator: "|", missing: null } },
  mean: category({ encoder: "target_mean" }),
  b: { ...column, scale: "piecewise_linear" },
};

function trainOf(changes: object = {}): { readonly split: Split; readonly encoders: object } {
  const result = prepare(table(`${header}\n${lines.join("\n")}\n`), planOf({ columns, ...changes }));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return { split: result.prepared.splits.train, encoders: result.prepared.encoders };
}

test("rows are those of the same columns in a table of few rows", () => {
  const result = prepare(table(`${header}\n${lines.join("\n")}\n`), planOf({ columns }));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const { splits, encoders } = result.prepared;
  const { train } = splits;
  expect([train.store === undefined, train.x.length]).toEqual([false, 0]);
  const few = encodeInput(encoders, table(`${header}\n${lines.slice(40, 60).join("\n")}\n`));
  if ("problems" in few) throw new Error(JSON.stringify(few.problems));
  expect(few.store).toBeUndefined();
  const width = few.x.length / 20;
  const gathered = feedsOf(train, 40, 20)["x"];
  if (gathered === undefined) throw new Error("there is no x");
  // Training rows are coded out of fold, where the column tells of the target.
  const place = encoders.features.findIndex(({ fitted }) => fitted.name === "mean");
  const mean = encoders.features
    .slice(0, place)
    .reduce((sum, { coding }) => sum + (coding.output.shape[0] ?? 0), 0);
  const but = (x: ArrayLike<number>) => Array.from(x).filter((_, i) => i % width !== mean);
  expect(but(gathered)).toEqual(but(few.x));
  expect(gathered[mean]).not.toBe(few.x[mean]);
  // All rows of new data, as well.
  const all = encodeInput(encoders, table(`${header}\n${lines.join("\n")}\n`));
  if ("problems" in all) throw new Error(JSON.stringify(all.problems));
  expect(all.store).toBeDefined();
  expect(Array.from(feedsOf(all, 40, 20)["x"] ?? [])).toEqual([...few.x]);
});

test("an order, a start and arrays that are too small are those of any rows", () => {
  const { split } = trainOf();
  const store: RowStore = rowsOf(split);
  const [x, y] = store.fields;
  const width = x?.width ?? 0;
  expect(store.fields.map(({ name }) => name)).toEqual(["x", "y"]);
  const gather = (order: Uint32Array | null, start: number, count: number) => {
    const into = new Map([
      ["x", new Float32Array(count * width)],
      ["y", new Float32Array(count * (y?.width ?? 0))],
    ]);
    store.gather(order, start, count, into);
    return into;
  };
  const last = gather(null, ROWS - 1, 1);
  expect(gather(Uint32Array.of(3, ROWS - 1, 5), 1, 1)).toEqual(last);
  expect(() => gather(null, ROWS - 1, 2)).toThrow(RangeError);
  expect(() => store.gather(null, 0, 2, new Map([["x", new Float32Array(width)]]))).toThrow(RangeError);
  const alone = new Map([["y", new Float32Array(1)]]);
  store.gather(null, ROWS - 1, 1, alone);
  expect(alone.get("y")).toEqual(last.get("y"));
});
