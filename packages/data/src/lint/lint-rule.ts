// What a rule of the lint is given and gives: the columns that a training uses, and what looks like a mistake in them
// though it is none by any contract. Each rule lives in a file of its own beside this one; `lint.ts` runs them.

import type { DataCode } from "../problem/codes.ts";
import { type DataProblem, type ProblemDetails, warning } from "../problem/problem.ts";
import type { RowSplits } from "../split/split-rows.ts";
import type { NumberColumn, Table, TextColumn } from "../table/table.ts";

/** A column that is used, of the kind that it is used as. */
export interface UsedColumn {
  readonly name: string;
  readonly column: NumberColumn | TextColumn;
  /** What of the file a problem points at. */
  readonly setting: string | undefined;
}

export interface Linted {
  readonly table: Table;
  readonly features: readonly UsedColumn[];
  readonly target: readonly UsedColumn[];
  /** Of the training rows the first ones, as many as are enough to see by; ascending. */
  readonly rows: Int32Array;
  readonly splits: RowSplits;
}

export type LintRule = (linted: Linted) => readonly DataProblem[];

/** A warning about one column. */
export function warningOf(
  code: DataCode,
  { name, setting }: UsedColumn,
  message: string,
  details: Pick<ProblemDetails, "notes" | "row" | "line">,
): DataProblem {
  return warning(code, message, { ...details, column: name, setting });
}
