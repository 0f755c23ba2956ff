// What runs of one file have in common is prepared once, and again where another thing is asked for.

import { expect, test } from "@jest/globals";
import { memoryFiles, openProject } from "netwright";
import { tableMemory } from "../../src/project/project-table.ts";
import { csv, source } from "../support.ts";

const file = { file: "model.net", text: source };
const fold = (index: number) => ({ fold: { index, of: 5 } });

test("a memory keeps the last preparation", () => {
  const memory = tableMemory();
  const files = memoryFiles(new Map([["line.csv", csv]]));
  const opened = (path: string, value: string, more = {}) =>
    openProject(file, { files, memory, overrides: [{ path, value }], ...more }).prepared;
  const first = opened("train.seed", "1");
  expect(first?.splits.test.rows).toBe(20);
  expect(opened("train.seed", "2")).toBe(first);
  const folded = opened("train.seed", "2", fold(0));
  expect(folded?.splits).not.toEqual(first?.splits);
  expect(opened("train.seed", "3", fold(0))).toBe(folded);
  expect(opened("train.seed", "3", fold(1))?.splits).not.toEqual(folded?.splits);
  expect(opened("data.split.seed", "9")?.splits).not.toEqual(first?.splits);
  expect(opened("train.seed", "1")?.splits).toEqual(first?.splits);
});
