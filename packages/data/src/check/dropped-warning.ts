// Says how many rows `missing: drop` left out: never silently.

import { count, grouped, quote } from "@netwright/definitions";
import { leavesRowsOut } from "../missing/policy.ts";
import { type DataProblem, warning } from "../problem/problem.ts";
import type { Table } from "../table/table.ts";
import type { CheckedColumns, RuledColumn } from "./check-columns.ts";

/** Points at the setting that says `drop`: where both the section and a column do, at that of the first column with a gap. */
export function droppedWarning(
  table: Table,
  ruled: readonly RuledColumn[],
  { columns, kept }: CheckedColumns,
): DataProblem[] {
  const dropped = table.rows - kept.length;
  if (dropped === 0) return [];
  const cause = ruled.find(({ rule }, i) => leavesRowsOut(rule.policy) && (columns[i]?.gaps ?? 0) > 0);
  const message = `${count(dropped, "row")} of ${grouped(table.rows)} in ${quote(table.name)} ${dropped === 1 ? "has" : "have"} missing values and ${dropped === 1 ? "is" : "are"} left out, as \`missing: drop\` says.`;
  return [warning("NW0637", message, { setting: cause?.rule.policySetting })];
}
