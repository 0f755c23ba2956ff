// What a rule of the lint is given and gives: the columns that a training uses, and what looks like a mistake in them
// though it is none by any contract. Each rule lives in a file of its own beside this one; `lint.ts` runs them.

import type { DataProblem } from "../problem/problem.ts";
import type { RowSplits } from "../split/split-rows.ts";
import type { NumberColumn, Table, TextColumn } from "../table/table.ts";

/** A column that is used, of the kind that it is used as. */
export interface UsedColumn {
  readonly name: string;
  /** With the rows that are looked at, which are a part of a large table: `Linted.rows` are their places in it. */
  readonly column: NumberColumn | TextColumn;
  /** In all rows of the table. */
  readonly whole: NumberColumn | TextColumn;
  /** Whether its cells are texts or lists, which are read, and not words each of which stands for itself. */
  readonly readsParts: boolean;
}

/** The values of a column of numbers in `rows`, missing ones apart, ascending. */
export interface UsedNumbers {
  readonly name: string;
  readonly sorted: Float64Array;
}

export interface Linted {
  readonly table: Table;
  readonly features: readonly UsedColumn[];
  readonly target: readonly UsedColumn[];
  /** Of features and targets. */
  readonly numbers: readonly UsedNumbers[];
  /** In `column` of each, from 0: of the training rows the first ones, as many as are enough to see by. */
  readonly rows: Int32Array;
  readonly splits: RowSplits;
}

/** Warnings; which setting one about a column points at is known to who asked. */
export type LintRule = (linted: Linted) => readonly DataProblem[];
