// The files of results, in `tools/judges/results`: what was found when a judge was last heard and nothing was wrong.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JudgeResults, ResultRow } from "./result.ts";

const FOLDER = fileURLToPath(new URL("../../results", import.meta.url));

/** Keys always in one order, so that a new run changes what has changed. */
export function writeResults({ judge, date, direction, rows }: JudgeResults): void {
  const inOrder = rows.map(
    ({ model, format, reader, predictions, difference, float64, refused }): ResultRow => ({
      model,
      format,
      reader,
      predictions,
      difference,
      float64,
      refused,
    }),
  );
  const text = JSON.stringify({ judge, date, direction, rows: inOrder }, null, 2);
  writeFileSync(join(FOLDER, `${judge}.json`), `${text}\n`);
}

/** All that there are, by their names. @throws Error for a file that is no results */
export function readResults(): readonly JudgeResults[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => {
      const read: unknown = JSON.parse(readFileSync(join(FOLDER, name), "utf8"));
      if (!isResults(read)) throw new Error(`${name} holds no results`);
      return read;
    });
}

function isResults(value: unknown): value is JudgeResults {
  return (
    isObject(value) &&
    typeof value["judge"] === "string" &&
    /^\d{4}-\d{2}-\d{2}$/.test(String(value["date"])) &&
    (value["direction"] === "export" || value["direction"] === "import") &&
    Array.isArray(value["rows"]) &&
    value["rows"].every(isRow)
  );
}

function isRow(value: unknown): value is ResultRow {
  if (!isObject(value)) return false;
  const isNumberOrNull = (key: string) => value[key] === null || typeof value[key] === "number";
  return (
    ["model", "format", "reader"].every((key) => typeof value[key] === "string") &&
    typeof value["predictions"] === "number" &&
    isNumberOrNull("difference") &&
    isNumberOrNull("float64") &&
    (value["refused"] === null || typeof value["refused"] === "string")
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
