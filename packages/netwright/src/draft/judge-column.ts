// Whether a column can be learned from, and if not, why, in words. Each rule is one that a person can foresee.

import {
  type ColumnSummary,
  findColumn,
  lacksValue,
  oddCellsText,
  type Table,
  type TableSummary,
} from "@netwright/data";
import { count, grouped } from "@netwright/definitions";
import { isAsideName, isIdName, isIndexName, isTimeName } from "./name-hints.ts";

/** Why a column is not used; `reason` goes on after the column's name, as in "`id` is left out: an id by its name". */
export interface Objection {
  readonly kind: "empty" | "constant" | "index" | "sparse" | "infinite" | "large" | "odd" | "dates" | "words";
  readonly reason: string;
}

/** With values in fewer rows than this, or in fewer than a tenth of all, the rest would be made up. */
const FEWEST_VALUES = 5;

/** Of 32-bit numbers, with which networks compute. */
const LARGEST = 3.4028234663852886e38;

function isSparse(present: number, rows: number): boolean {
  return present < rows && present < Math.max(FEWEST_VALUES, rows / 10);
}

/** `null` where the column is a feature. */
export function objectionTo(column: ColumnSummary, { rows, columns }: TableSummary): Objection | null {
  const present = rows - column.missing;
  if (present === 0) return { kind: "empty", reason: "empty" };
  if (column.distinct === 1) {
    const where = column.missing === 0 ? "all rows" : "all rows that have a value";
    return { kind: "constant", reason: `the same in ${where}` };
  }
  if (column.type === "text") return textObjection(column, present, rows);
  const index = indexReason(column, present, column === columns[0]);
  if (index !== null) return { kind: "index", reason: index };
  if (column.notFinite > 0) {
    return { kind: "infinite", reason: `infinite in ${count(column.notFinite, "row")}` };
  }
  const largest = Math.max(Math.abs(column.min ?? 0), Math.abs(column.max ?? 0));
  if (largest > LARGEST) {
    return { kind: "large", reason: `up to ${largest}, too large for 32-bit numbers; another unit helps` };
  }
  return isSparse(present, rows) ? sparse(present, rows) : null;
}

/** More words than this are too many for a number each; as a target they may be so many classes. */
const MOST_WORDS = 50;

export function tooManyWords({ type, pattern, distinct }: ColumnSummary): Objection | null {
  if (type === "number" || pattern === "date" || distinct <= MOST_WORDS) return null;
  return { kind: "words", reason: `${grouped(distinct)} different words, too many for a number each` };
}

/** Where the target has gaps, its rows are all that is used, and a feature may have its values in the others. */
export function gapsBeside(target: ColumnSummary, feature: ColumnSummary, table: Table): Objection | null {
  if (target.missing === 0 || feature.missing === 0) return null;
  const targets = findColumn(table, target.name);
  const values = findColumn(table, feature.name);
  if (targets === undefined || values === undefined) return null;
  const rows = table.rows - target.missing;
  let present = 0;
  for (let row = 0; row < table.rows; row++) {
    if (!lacksValue(values, row) && !lacksValue(targets, row)) present++;
  }
  if (!isSparse(present, rows)) return null;
  return {
    kind: "sparse",
    reason: `a value in only ${grouped(present)} of the ${count(rows, "row")} that have a target`,
  };
}

/** Words of which many rows have the same are categories. */
function textObjection(column: ColumnSummary, present: number, rows: number): Objection | null {
  if (column.pattern === "date")
    return isSparse(present, rows) ? sparse(present, rows) : { kind: "dates", reason: "dates" };
  if (column.nearlyNumeric) return { kind: "odd", reason: oddCellsText(column.oddCells) };
  const words = (reason: string): Objection => ({ kind: "words", reason });
  const { distinct } = column;
  if (distinct === present) return words("words, different in every row");
  if (isIdName(column.name)) return words("an id by its name");
  if (distinct > present / 2) return words("words, most of them different");
  return isSparse(present, rows) ? sparse(present, rows) : null;
}

function sparse(present: number, rows: number): Objection {
  return { kind: "sparse", reason: `a value in only ${grouped(present)} of ${count(rows, "row")}` };
}

/** Of a column of numbers that names the rows instead of saying something about them. */
function indexReason(
  { name, pattern, distinct, min }: ColumnSummary,
  present: number,
  isFirst: boolean,
): string | null {
  // Years go up by one as well, and say something; 1, 2, 3 does not.
  if (pattern === "count" && (min === 0 || min === 1)) return "counts the rows";
  if (pattern === null) return null;
  if (isIdName(name)) return "an id by its name";
  // R calls a first column X that has no name.
  const named = isIndexName(name) || (isFirst && name === "X");
  return distinct === present && named ? "numbers the rows by its name" : null;
}

/** Why a column is not what the table is for, when nobody has said so; `null` where it may be. */
export function asideReason(column: ColumnSummary, table: TableSummary): string | null {
  const objection = objectionTo(column, table);
  // What is wrong with these can be mended, and they may well be what the table is for.
  if (objection?.kind === "odd" || objection?.kind === "infinite" || objection?.kind === "large") return null;
  if (objection !== null) return objection.reason;
  if (column.type === "text" && isAsideName(column.name)) return "words beside the data by its name";
  return isTimeName(column.name) ? "a time by its name" : null;
}
