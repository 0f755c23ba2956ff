// What several tests share: tables from text, a plan to vary, and results unwrapped.

import {
  allWords,
  type Column,
  type DataPlan,
  type DataProblem,
  type Prepared,
  prepare,
  readCsv,
  type Table,
} from "../src/index.ts";

export function table(text: string, name = "data.csv"): Table {
  const result = readCsv(text, { name });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.table;
}

/** One value a row. */
export function valuesOf(column: Column | undefined): readonly (number | string)[] {
  if (column === undefined) throw new Error("there is no such column");
  return column.kind === "text" ? allWords(column) : [...column.values];
}

export function problemsOf<T extends object>(
  result: T | { readonly problems: readonly DataProblem[] },
): readonly DataProblem[] {
  if (!("problems" in result)) throw new Error("there are no problems");
  return result.problems;
}

/** Everything in training, so that fitted numbers can be worked out by hand. */
export const plan: DataPlan = {
  target: ["y"],
  features: "all",
  columns: {},
  scale: "zscore",
  missing: "error",
  split: { train: 1, validation: 0, test: 0, seed: 0 },
};

export function prepared(data: Table, changes: Partial<DataPlan> = {}): Prepared {
  const result = prepare(data, { ...plan, ...changes });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.prepared;
}

export const column = { unit: null, min: null, max: null, scale: null, missing: null } as const;
