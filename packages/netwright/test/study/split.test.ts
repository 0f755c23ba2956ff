// The setting `split`: in braces or by the name of a splitter, the same rows; a fold of a file is that of a study.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { diffModels, load, memoryFiles, openProject, resolvedText, study, train } from "netwright";
import { csv, points, source } from "../support.ts";

const BRACES = "split: { train: 60%, validation: 20%, test: 20%, seed: 1 }";
const withSplit = (split: string) => source.replace(BRACES, split);
const projectOf = (text: string, set: Readonly<Record<string, string>> = {}) =>
  openProject(
    { file: "line.net", text },
    {
      files: memoryFiles(new Map([["line.csv", csv]])),
      overrides: Object.entries(set).map(([path, value]) => ({ path, value })),
    },
  );
const rowsOf = (text: string, set: Readonly<Record<string, string>> = {}) => {
  const { prepared, diagnostics } = projectOf(text, set);
  if (prepared === undefined) throw new Error(diagnostics.map(({ code, message }) => code + message).join());
  return [...prepared.splits.test.rowNumbers];
};

test("the text of the tests has the split that is replaced", () => {
  expect(source).toContain(BRACES);
});

describe("rows are the same", () => {
  const random = "split: random(train: 60%, validation: 20%, test: 20%, seed: 1)";

  test("in braces, by name, by position and with overrides", () => {
    const rows = rowsOf(source);
    expect(rows).toHaveLength(20);
    for (const split of [random, "split: random(0.6, 0.2, 20%, 1)", `${random} # by chance`]) {
      expect(rowsOf(withSplit(split))).toEqual(rows);
    }
    const other = rowsOf(source, { "data.split.seed": "5" });
    expect(other).not.toEqual(rows);
    expect(rowsOf(withSplit(random), { "data.split.seed": "5" })).toEqual(other);
    expect(rowsOf(source, { "data.split": random.slice("split: ".length) })).toEqual(rows);
    const set = { "data.split": "random(60%, 20%, 20%)", "data.split.seed": "5" };
    expect(rowsOf(withSplit("split: fold(0, 5)"), set)).toEqual(other);
  });

  test("in the resolved text, which is in braces where the file may be", () => {
    for (const split of [BRACES, random, "split: fold(2, of: 4, seed: 3)"]) {
      const { model } = projectOf(withSplit(split));
      if (model === undefined) throw new Error("the file is sound");
      const resolved = resolvedText(model);
      expect(resolved).toContain(split.startsWith("split: fold") ? "split: fold(" : "split: { train: 0.6");
      expect(rowsOf(resolved)).toEqual(rowsOf(withSplit(split)));
      const again = projectOf(resolved).model;
      expect(resolvedText(again ?? model)).toBe(resolved);
    }
  });
});

test("folds of files test each row once, and are those of a study, to the bits", async () => {
  const tested = [0, 1, 2, 3, 4].flatMap((index) => rowsOf(withSplit(`split: fold(${index}, 5, seed: 1)`)));
  expect(tested.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));

  const options = { data: csv, backend: "jit", epochs: 1 };
  const studied = await study(source, { ...options, folds: 3 });
  // Shares of the rest as those of the file.
  const alone = await train(withSplit("split: fold(2, 3, train: 60%, validation: 20%, seed: 1)"), options);
  expect(alone.record.hash.weights).toBe(studied.runs[2]?.record.hash.weights);
  expect(alone.record.hash.data).toBe(studied.runs[2]?.record.hash.data);
  await studied.dispose();
  await alone.dispose();
});

test("a change of the splitter is a change of the settings", () => {
  const [before, after] = [BRACES, "split: fold(1, 5)"].map((split) => projectOf(withSplit(split)).model);
  if (before === undefined || after === undefined) throw new Error("both are sound");
  expect(diffModels(before, after).settings.map(({ path }) => path)).toEqual([
    ...["data.split", "data.split.train", "data.split.validation", "data.split.test", "data.split.seed"],
    ...["data.split.index", "data.split.of"],
  ]);
});

test.each([
  ["split: fold(0, 5, validation: 0%, train: 100%)", "validation", "NW0704"],
  ["split: fold(0, 5, validation: 0%)", "test", undefined],
  ["split: fold(0, 200)", "test", "NW0647"],
  ["split: fold(7, 5)", "test", "NW0604"],
])("%s, with an expectation of %s: %s", (split, expected, code) => {
  const text = withSplit(split).replace("test.r2", `${expected}.r2`);
  expect(projectOf(text).diagnostics[0]?.code).toBe(code);
});

describe("a split that goes by columns", () => {
  const rows = points.map((point, i) => ({
    ...point,
    who: `p${i % 20}`,
    when: 2000 + i,
    part: "abcde"[i % 5] ?? "",
  }));
  const table = ["a,b,y,who,when,part", ...rows.map((row) => Object.values(row).join(","))].join("\n");
  const openedWith = (split: string, more = "") =>
    openProject(
      { file: "line.net", text: withSplit(`split: ${split}\n${more}`) },
      { files: memoryFiles(new Map([["line.csv", table]])) },
    );
  const sound = "features: [a, b]\n";

  test.each([
    "grouped(who, train: 60%, validation: 20%, test: 20%)",
    'grouped(by: [who, "part"], train: 60%, validation: 20%, test: 20%)',
    "by_time(when, train: 60%, validation: 20%, test: 20%)",
    'by_column(part, train: ["a", "b", "c"], validation: ["d"], test: ["e"])',
    "by_hash(train: 60%, validation: 20%, test: 20%)",
    "by_hash(columns: [who], train: 60%, validation: 20%, test: 20%)",
    "grouped_fold(who, 1, 4)",
  ])("%s trains, is written out, and is read back from a run", async (split) => {
    const { prepared, model, diagnostics } = openedWith(split, sound);
    expect(diagnostics).toEqual([]);
    if (model === undefined) throw new Error("the file is sound");
    const again = openProject(
      { file: "line.net", text: resolvedText(model) },
      { files: memoryFiles(new Map([["line.csv", table]])) },
    );
    expect(again.diagnostics).toEqual([]);
    expect(again.model?.data?.split.args).toEqual(model.data?.split.args);
    expect(again.prepared?.splits.test.rowNumbers).toEqual(prepared?.splits.test.rowNumbers);
    const trained = await train(withSplit(`split: ${split}\n${sound}`), {
      data: rows,
      backend: "jit",
      epochs: 1,
    });
    const folder = mkdtempSync(join(tmpdir(), "netwright-split-"));
    const directory = await trained.save(folder);
    expect(await load(directory).predict({ a: 1, b: 1 })).toEqual(await trained.predict({ a: 1, b: 1 }));
    rmSync(folder, { recursive: true });
    await trained.dispose();
  });

  test("leaves its columns out of `features: all`", () => {
    const others = table.replaceAll(/p(\d+),/g, "$1,").replaceAll(/,[a-e]$/gm, "");
    const { prepared, model, diagnostics } = openProject(
      {
        file: "line.net",
        text: withSplit("split: grouped(by: [who, when], train: 60%, validation: 20%, test: 20%)"),
      },
      { files: memoryFiles(new Map([["line.csv", others.replace(",part", "")]])) },
    );
    expect(diagnostics).toEqual([]);
    expect(prepared?.features).toEqual(["a", "b"]);
    expect(model?.inputs.map(({ type }) => type.shape)).toEqual([[2]]);
  });

  test.each([
    ["grouped(by: whom)", "NW0601"],
    ["grouped(who, test: 90%)", "NW0604"],
    ["by_column(part, train: [])", "NW0704"],
    ['by_column(part, train: ["a"], test: ["a"])', "NW0604"],
    ['by_column(part, train: ["a"], test: ["b"])', "NW0667"],
    ["by_column(column: part)", "NW0302"],
    ["by_time(part)", "NW0647"],
    ["grouped(part, train: 20%, validation: 40%, test: 40%)", undefined],
  ])("%s: %s", (split, code) => {
    expect(openedWith(split, sound).diagnostics[0]?.code).toBe(code);
  });
});
