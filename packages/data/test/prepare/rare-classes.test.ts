// Classes of which there are few rows: one warning, wherever the rows went.

import { describe, expect, test } from "@jest/globals";
import { prepare } from "../../src/index.ts";
import { category, planOf, table, type Written } from "../support.ts";

function warningsOf(counts: Readonly<Record<string, number>>, more: Written = {}) {
  const words = Object.entries(counts).flatMap(([word, rows]) => Array.from({ length: rows }, () => word));
  const read = table(`x,y\n${words.map((word, i) => `${(i * 7) % 31},${word}`).join("\n")}\n`);
  const result = prepare(read, planOf({ predicts: "class", ...more }));
  return "prepared" in result ? result.warnings : result.problems;
}

const split = {
  train: 0.6,
  validation: 0.2,
  test: 0.2,
  seed: 0,
  splitter: { name: "stratified", args: {} },
};

describe("classes of fewer than five rows", () => {
  test("are named in one warning, the rarest first", () => {
    expect(warningsOf({ a: 20, b: 4, c: 3 })).toMatchObject([
      {
        code: "NW0659",
        severity: "warning",
        setting: "target",
        message: "Column `y` has 2 classes of fewer than 5 rows: `c` (3 rows) and `b` (4 rows).",
        notes: [expect.anything(), expect.stringContaining("stratified")],
      },
    ]);
  });

  test("are counted where there are many", () => {
    const [found] = warningsOf({ a: 20, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 }, { split });
    expect(found?.message).toMatch(/has 6 classes .*: `b` \(1 row\), .*`f` \(1 row\) and 1 more\.$/);
    // There is nothing better to advise.
    expect(found?.notes).toHaveLength(1);
  });

  test("are not those that no training row has, which are told of by themselves", () => {
    const found = warningsOf({ a: 20, b: 20 }, { columns: { y: category({ values: ["a", "b", "c"] }) } });
    expect(found.map(({ code }) => code)).toEqual(["NW0664"]);
  });

  test("are nothing to speak of in a feature, and five rows are enough", () => {
    expect(warningsOf({ a: 20, b: 5 })).toEqual([]);
  });
});
