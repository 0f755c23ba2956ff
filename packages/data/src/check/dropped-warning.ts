// Says how many rows `missing: drop` left out: never silently.

import { count, quote } from "../problem/phrases.ts";
import { type DataProblem, warning } from "../problem/problem.ts";
import type { Table } from "../table/table.ts";

export function droppedWarning(table: Table, kept: Int32Array, setting?: string): DataProblem[] {
  const dropped = table.rows - kept.length;
  if (dropped === 0) return [];
  const message = `${count(dropped, "row")} of ${table.rows} in ${quote(table.name)} ${dropped === 1 ? "has" : "have"} missing values and ${dropped === 1 ? "is" : "are"} left out, as \`missing: drop\` says.`;
  return [warning("NW0637", message, { setting })];
}
