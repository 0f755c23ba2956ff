// A feature that says which row it is and nothing about it: words that are different in each row, numbers that count.

import { count, grouped, quote } from "@netwright/definitions";
import { warning } from "../problem/problem.ts";
import { columnPattern } from "../table/column-pattern.ts";
import { someRows } from "../table/some-rows.ts";
import { codesAt } from "../table/table.ts";
import type { LintRule, UsedColumn } from "./lint-rule.ts";

const FEWEST_ROWS = 20;
const FIRST = Int32Array.of(0);
/** Of the rows: with as many different words, what is learned of one is of no use for the next row. */
const MOST = 0.9;

export const namesRows: LintRule = ({ features, rows }) => {
  if (rows.length < FEWEST_ROWS) return [];
  return features.flatMap((feature) => {
    const why = reason(feature, rows);
    if (why === null) return [];
    const message = `Column ${quote(feature.name)} ${why}: it names the rows, and what is learned of one says nothing about another.`;
    return [warning("NW0681", message, { notes: ["Leave it out of `features`."], column: feature.name })];
  });
};

function reason({ column, whole, readsParts }: UsedColumn, rows: Int32Array): string | null {
  if (column.kind === "number") {
    // Years go up by one as well, and say something; 1, 2, 3 does not.
    const start = someRows(whole, FIRST);
    const first = start.kind === "number" ? start.values[0] : undefined;
    return (first === 0 || first === 1) && columnPattern(whole) === "count" ? "counts the rows" : null;
  }
  if (readsParts) return null;
  const different = new Set(codesAt(column, rows)).size;
  if (different <= MOST * rows.length) return null;
  return different === rows.length
    ? `has another word in each of the ${grouped(rows.length)} training rows`
    : `has ${count(different, "different word")} in ${grouped(rows.length)} training rows`;
}
