// A feature that is the same in all rows but a few.

import { count, grouped, int32At, quote } from "@netwright/definitions";
import { type DataProblem, warning } from "../problem/problem.ts";
import type { NumberColumn, TextColumn } from "../table/table.ts";
import type { LintRule, UsedColumn } from "./lint-rule.ts";

/** In fewer rows a few are many. */
const FEWEST_ROWS = 100;
/** Of the rows; and two rows at least. */
const FEW = 0.005;

export const nearlyConstant: LintRule = ({ features, rows }) =>
  features.flatMap((feature) => ofColumn(feature, rows));

/** The value of nearly all of `rows`, and how many have another; `null` where there is none. */
export function nearlyAll(
  column: UsedColumn["column"],
  rows: Int32Array,
): { readonly most: string | number; readonly others: number } | null {
  if (rows.length < FEWEST_ROWS) return null;
  const counts = countsOf(column, rows);
  const [most, times] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0]);
  const others = rows.length - times;
  return counts.size < 2 || others > Math.max(2, FEW * rows.length) ? null : { most, others };
}

function ofColumn(feature: UsedColumn, rows: Int32Array): DataProblem[] {
  const found = nearlyAll(feature.column, rows);
  if (found === null) return [];
  const { most, others } = found;
  const value = typeof most === "string" ? quote(most) : `${most}`;
  const message = `Column ${quote(feature.name)} is ${value} in all of ${grouped(rows.length)} training rows but ${count(others, "row")}: hardly anything can be learned from it.`;
  const notes = [
    "What the network makes of the other values rests on those few rows: leave the column out, or find more of them.",
  ];
  return [warning("NW0682", message, { notes, column: feature.name })];
}

/** How often each value occurs; stops to count where there are many, as no value is then in nearly all rows. */
function countsOf(column: NumberColumn | TextColumn, rows: Int32Array): ReadonlyMap<string | number, number> {
  const counts = new Map<string | number, number>();
  const most = 2 + FEW * rows.length;
  for (const row of rows) {
    const value =
      column.kind === "number"
        ? (column.values[row] ?? Number.NaN)
        : (column.words[int32At(column.codes, row)] ?? "");
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > most + 1) return new Map();
  }
  return counts;
}
