// A problem of one value: where it stands, as message and as place.

import { quote } from "@netwright/definitions";
import { type DataProblem, error } from "../problem/problem.ts";
import { rowPhrase, rowPlace, type Table } from "../table/table.ts";
import type { ColumnRule } from "./column-rule.ts";

/** How a message about the value of a row, counted from 0, begins. */
export function placeOf(table: Table, row: number, { name }: Pick<ColumnRule, "name">): string {
  return `In ${rowPhrase(table, row)} of ${quote(table.name)}, column ${quote(name)}`;
}

export function columnProblem(
  code: DataProblem["code"],
  message: string,
  table: Table,
  row: number,
  { name, setting }: Pick<ColumnRule, "name" | "setting">,
  notes: readonly string[],
): DataProblem {
  return error(code, message, { notes, setting, ...rowPlace(table, row), column: name });
}
