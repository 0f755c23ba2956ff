// What the judge of ONNX files demands to be read: what it has found passes, and each refusal of it would not.

import { expect, test } from "@jest/globals";
import { unread } from "../src/imports/must-be-read.ts";
import { onnxToRead } from "../src/imports/onnx.ts";
import { readResults } from "../src/results/files.ts";
import type { ResultRow } from "../src/results/result.ts";

const rows = readResults().find(({ judge }) => judge === "onnx-import")?.rows ?? [];
const must = onnxToRead(true);
const refused = (row: ResultRow): ResultRow => ({
  ...row,
  predictions: 0,
  difference: null,
  refused: "Node `n` (Gemm) is not read",
});

test("what was found is all that has to be read, and each file that was read has to be", () => {
  expect(unread(rows, must)).toEqual([]);
  for (const { model, difference } of rows)
    if (difference !== null && !/^\w+ of .*: \d/.test(model))
      expect(must.models.some((name) => model === name || model.startsWith(`${name} (`))).toBe(true);
});

test("a reader that refuses everything reads nothing of it", () => {
  const found = unread(rows.map(refused), must);
  const lines = rows.filter(({ difference }) => difference !== null).length;
  expect(found).toHaveLength(lines);
  expect(found).toContain("residual block (dynamo): has to be read: Node `n` (Gemm) is not read");
  expect(found).toContain("tests of small graphs: 0 are equal, and 3 have to be");
});

test("files that were not written are missed, but those of PyTorch where it is not installed", () => {
  const isPyTorch = ({ reader }: ResultRow) => reader.includes("PyTorch");
  const without = rows.filter((row) => !isPyTorch(row));
  expect(unread(without, onnxToRead(false))).toEqual([]);
  expect(unread(without, must)).toContain("gates: has to be read, and is not among the files");
});
