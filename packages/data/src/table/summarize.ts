// What is in a table, for `netwright data head`: the first rows and the statistics of each column.

import { duplicateGroups } from "./duplicate-rows.ts";
import type { Column, NumberColumn, Table } from "./table.ts";

export interface TableSummary {
  readonly name: string;
  readonly rows: number;
  /** Rows that repeat an earlier row exactly. */
  readonly duplicateRows: number;
  readonly columns: readonly ColumnSummary[];
  /** The first and the last of the names that the rows have, where the file's first column has no name itself. */
  readonly rowNames: readonly [first: string, last: string] | null;
  /** The first rows; `null` is a missing value. */
  readonly head: readonly (readonly (number | string | null)[])[];
}

/** Statistics are over the finite values; `null` where there are none, and for text. */
export interface ColumnSummary {
  readonly name: string;
  readonly type: Column["kind"];
  readonly missing: number;
  /** Values that are NaN or infinite. */
  readonly notFinite: number;
  /** Different values, missing ones apart. */
  readonly distinct: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Standard deviation of the population (divided by n). */
  readonly std: number | null;
}

export function summarize(table: Table, headRows = 5): TableSummary {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const shown = Math.min(headRows, table.rows);
  return {
    name: table.name,
    rows: table.rows,
    duplicateRows: table.rows - new Set(duplicateGroups(table, rows)).size,
    columns: table.columns.map(summarizeColumn),
    rowNames: table.rowNames === undefined ? null : [table.rowNames[0] ?? "", table.rowNames.at(-1) ?? ""],
    head: Array.from({ length: shown }, (_, row) => table.columns.map((column) => cell(column, row))),
  };
}

function cell(column: Column, row: number): number | string | null {
  if (column.kind === "text") return column.values[row] || null;
  return column.missing[row] === 1 ? null : (column.values[row] ?? null);
}

function summarizeColumn(column: Column): ColumnSummary {
  if (column.kind === "number") return summarizeNumbers(column);
  const present = column.values.filter((value) => value !== "");
  return {
    name: column.name,
    type: "text",
    missing: column.values.length - present.length,
    notFinite: 0,
    distinct: new Set(present).size,
    min: null,
    max: null,
    mean: null,
    std: null,
  };
}

function summarizeNumbers(column: NumberColumn): ColumnSummary {
  const present = column.values.filter((_, row) => column.missing[row] === 0);
  const finite = present.filter(Number.isFinite);
  let [min, max, sum, squares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const x of finite) {
    min = Math.min(min, x);
    max = Math.max(max, x);
    sum += x;
  }
  const mean = sum / finite.length;
  for (const x of finite) squares += (x - mean) * (x - mean);
  const some = finite.length > 0;
  return {
    name: column.name,
    type: "number",
    missing: column.values.length - present.length,
    notFinite: present.length - finite.length,
    distinct: new Set(present).size,
    min: some ? min : null,
    max: some ? max : null,
    mean: some ? mean : null,
    std: some ? Math.sqrt(squares / finite.length) : null,
  };
}
