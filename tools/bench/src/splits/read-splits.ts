// Splits as a file states them: `{ "test": [[4, 17, ...], ...] }`, for each split its test rows, counted from 0.

import { readFileSync } from "node:fs";

export function readSplits(file: string): readonly (readonly number[])[] {
  const said: unknown = JSON.parse(readFileSync(file, "utf8"));
  const test = typeof said === "object" && said !== null && "test" in said ? said.test : undefined;
  if (!Array.isArray(test) || test.length === 0 || !test.every(isListOfRows))
    throw new Error(`${file} is not {"test": [[row, ...], ...]}`);
  return test;
}

function isListOfRows(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((row) => Number.isInteger(row) && row >= 0);
}
