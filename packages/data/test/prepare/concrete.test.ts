// The data of the main example, end to end.

import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { splitNames } from "@netwright/definitions";
import { decodeOutput, encodeInput, encodeLabelled, prepare, readCsv, summarize } from "../../src/index.ts";
import { column, planOf } from "../support.ts";

const text = readFileSync(new URL("../../../../examples/concrete/concrete.csv", import.meta.url), "utf8");
const read = readCsv(text, { name: "concrete.csv" });
if ("problems" in read) throw new Error(JSON.stringify(read.problems));
const { table } = read;
const lines = text.trim().split("\n").slice(1);

const plan = planOf({
  target: ["CompressiveStrength"],
  features: "all",
  columns: {
    Cement: { ...column, unit: "kg/m3", min: 0 },
    Age: { ...column, unit: "days", min: 1, max: 365 },
  },
  scale: "zscore",
  missing: "error",
  split: { train: 0.7, validation: 0.15, test: 0.15, seed: 0 },
});

test("is what the source describes", () => {
  const { rows, duplicateRows, columns } = summarize(table);
  expect({ rows, duplicateRows, columns: columns.length }).toEqual({
    rows: 1030,
    duplicateRows: 25,
    columns: 9,
  });
  expect(columns.every((c) => c.type === "number" && c.missing === 0 && c.notFinite === 0)).toBe(true);
  expect(columns.find((c) => c.name === "CompressiveStrength")).toMatchObject({
    min: 2.33,
    max: 82.6,
    distinct: 845,
  });
});

test.each([0, 1, 2])("splits 70/15/15 with equal rows together, seed %d", (seed) => {
  const result = prepare(table, { ...plan, split: { name: "random", args: { ...plan.split.args, seed } } });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const { splits } = result.prepared;
  expect(splitNames.map((name) => splits[name].rows)).toEqual([721, 155, 154]);
  const owner = new Map<string, string>();
  for (const name of splitNames) {
    for (const number of splits[name].rowNumbers) {
      const line = lines[number - 1] ?? "";
      expect(owner.get(line) ?? name).toBe(name);
      owner.set(line, name);
    }
  }
  expect(owner.size).toBe(1005);
});

test("training columns have mean 0 and deviation 1; targets come back", () => {
  const result = prepare(table, plan);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const { encoders, splits } = result.prepared;
  expect(result.warnings).toEqual([]);
  const { x, rows } = splits.train;
  for (let j = 0; j < 8; j++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < rows; i++) {
      const z = x[i * 8 + j] ?? Number.NaN;
      sum += z;
      squares += z * z;
    }
    expect(Math.abs(sum / rows)).toBeLessThan(1e-6);
    expect(squares / rows).toBeCloseTo(1, 5);
  }
  const { y, target } = splits.test;
  for (const [i, decoded] of decodeOutput(encoders, Float32Array.from(y)).entries()) {
    expect(Math.abs(decoded - (target[i] ?? Number.NaN))).toBeLessThan(1e-5);
  }
});

test("encoding the file again gives the same bits as the splits", () => {
  const result = prepare(table, plan);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const { encoders, splits } = result.prepared;
  const input = encodeInput(encoders, table);
  const labelled = encodeLabelled(encoders, table);
  if ("problems" in input || "problems" in labelled) throw new Error("the file was refused");
  expect(labelled.split.x).toEqual(input.x);
  for (const name of splitNames) {
    const { rowNumbers, x, y } = splits[name];
    for (const [i, number] of rowNumbers.entries()) {
      expect(x.slice(i * 8, i * 8 + 8)).toEqual(input.x.slice((number - 1) * 8, number * 8));
      expect(y[i]).toBe(labelled.split.y[number - 1]);
    }
  }
});
