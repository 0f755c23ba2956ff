// What is told of new rows that may be encoded and are not like those of training: each value by itself, and all together.

import { farValues } from "../check/far-values.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { Column, Table } from "../table/table.ts";
import { drift } from "./drift.ts";

/** Warnings; `rows` are indices from 0. */
export function unlikeTraining(
  table: Table,
  features: readonly OpenColumn[],
  columns: readonly Column[],
  rows: Int32Array,
): readonly DataProblem[] {
  return [...farValues(table, features, columns, rows), ...drift(features, columns, rows)];
}
