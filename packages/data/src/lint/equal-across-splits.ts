// Rows to test on that are equal to rows that were trained on. A split keeps rows together that are equal in every column
// of the table; a column that numbers or names the rows makes them different to it, and so does a split by a column.

import { count, grouped } from "@netwright/definitions";
import { type DataProblem, warning } from "../problem/problem.ts";
import { duplicateGroups } from "../table/duplicate-rows.ts";
import { someRows } from "../table/some-rows.ts";
import type { Column } from "../table/table.ts";
import { upTo } from "../table/up-to.ts";
import type { Linted, LintRule } from "./lint-rule.ts";

/** Of the rows of a split: fewer change no result that anyone could see. */
const LEAST_SHARE = 0.05;
const FEWEST = 3;
/** Of all rows: where fewer are different, the table has few different rows by its nature, and new ones will be like them. */
const DIFFERENT = 0.45;
/** Of the different rows, the different values of one column at least: rows of a few answers are equal by chance. */
const MEASURED = 0.5;
/** Of all rows: with as many different values a column says which row it is. */
const NAMES = 0.9;
/** Of each split: copies show in as many rows. */
const MOST_ROWS = 10_000;

export const equalAcrossSplits: LintRule = (linted) => {
  const { table, splits } = linted;
  const [train, ...parts] = (["train", "validation", "test"] as const).map((name) => ({
    name,
    rows: splits[name].subarray(0, MOST_ROWS),
  }));
  if (train === undefined) return [];
  const all = Int32Array.from([train, ...parts].flatMap(({ rows }) => [...rows]));
  // Of columns on a disk the rows are taken back once; those in memory are compared where they are.
  const isStored = table.columns.some(({ between }) => between !== undefined);
  const columns = withoutNames(linted, all, isStored);
  const groups = duplicateGroups({ ...table, columns }, isStored ? upTo(all.length) : all);
  const different = new Set(groups).size;
  if (different < DIFFERENT * all.length) return [];
  const trained = new Set(groups.subarray(0, train.rows.length));
  let from = train.rows.length;
  const found = parts.flatMap(({ name, rows }): DataProblem[] => {
    const own = groups.subarray(from, from + rows.length);
    from += rows.length;
    const equal = own.filter((group) => trained.has(group)).length;
    if (equal < Math.max(FEWEST, LEAST_SHARE * rows.length)) return [];
    const message = `${count(equal, "row")} of ${grouped(rows.length)} of the ${name} split are equal to training rows in all columns but those that only say which row it is: what is measured there is better than for new rows.`;
    const notes = ["Remove the copies from the table, or the columns that tell them apart."];
    return [warning("NW0685", message, { notes, setting: "split" })];
  });
  // Asked last, as it takes longest and mostly there is nothing to tell.
  const looked = (column: Column) => (isStored ? column : someRows(column, all));
  const isMeasured = () => columns.some((column) => differentIn(looked(column)) >= MEASURED * different);
  return found.length > 0 && isMeasured() ? found : [];
};

/**
 * All columns of the table but those that are not used and have another value in nearly each of `rows`; with these rows
 * alone where they are stored.
 */
function withoutNames(
  { table, features, target }: Linted,
  rows: Int32Array,
  isStored: boolean,
): readonly Column[] {
  const used = [...features, ...target];
  const names = new Set(used.map(({ name }) => name));
  const others = table.columns.filter(({ name }) => !names.has(name));
  const taken = (column: Column) => ({ column, part: someRows(column, rows) });
  const says = ({ part }: { readonly part: Column }) => differentIn(part) <= NAMES * rows.length;
  const own = isStored ? used.map(({ whole }) => someRows(whole, rows)) : used.map(({ whole }) => whole);
  const telling = others.map(taken).filter(says);
  return [...own, ...telling.map(({ column, part }) => (isStored ? part : column))];
}

function differentIn(column: Column): number {
  return new Set<number>(column.kind === "number" ? column.values : column.codes).size;
}
