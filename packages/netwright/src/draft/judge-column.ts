// Whether a column can be learned from, and if not, why, in words. Each rule is one that a person can foresee.

import {
  type ColumnSummary,
  findColumn,
  howGivesAway,
  lacksValue,
  nearlyAll,
  oddCellsText,
  type Table,
  type TableSummary,
  wordColumn,
} from "@netwright/data";
import { count, grouped, quote } from "@netwright/definitions";
import { LARGEST_FLOAT32 } from "@netwright/ir/numerics";
import { isAsideName, isIdName, isIndexName, isTimeName } from "./name-hints.ts";
import type { TypedWords } from "./typed-words.ts";

/** Why a column is not used; `reason` goes on after the column's name, as in "`id` is left out: an id by its name". */
export interface Objection {
  readonly kind:
    | "empty"
    | "constant"
    | "index"
    | "sparse"
    | "infinite"
    | "large"
    | "odd"
    | "dates"
    | "lists"
    | "words"
    | "leak";
  readonly reason: string;
}

/** With values in fewer rows than this, or in fewer than a tenth of all, the rest would be made up. */
const FEWEST_VALUES = 5;

function isSparse(present: number, rows: number): boolean {
  return present < rows && present < Math.max(FEWEST_VALUES, rows / 10);
}

/** Columns of words that are more than words, by name. */
export type Kinds = ReadonlyMap<string, TypedWords>;

/** `null` where the column is a feature. `kinds` are those that can be learned from whatever their words are. */
export function objectionTo(
  column: ColumnSummary,
  { rows, columns }: TableSummary,
  kinds: Kinds,
): Objection | null {
  const present = rows - column.missing;
  if (present === 0) return { kind: "empty", reason: "empty" };
  if (column.pattern === "long") {
    // Without their last digits they may all be the same.
    return { kind: "index", reason: "whole numbers of more digits than are exact, as ids have" };
  }
  if (column.distinct === 1) {
    const where = column.missing === 0 ? "all rows" : "all rows that have a value";
    return { kind: "constant", reason: `the same in ${where}` };
  }
  if (column.type === "text") return textObjection(column, present, rows, kinds);
  const index = indexReason(column, present, column === columns[0]);
  if (index !== null) return { kind: "index", reason: index };
  if (column.notFinite > 0) {
    return { kind: "infinite", reason: `infinite in ${count(column.notFinite, "row")}` };
  }
  const largest = Math.max(Math.abs(column.min ?? 0), Math.abs(column.max ?? 0));
  if (largest > LARGEST_FLOAT32) {
    return { kind: "large", reason: `up to ${largest}, too large for 32-bit numbers; another unit helps` };
  }
  return isSparse(present, rows) ? sparse(present, rows) : null;
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

/** Of all rows; what is the matter with a column shows in as many. */
const LOOKED_AT = 20_000;

/** What a training would warn of: a feature that gives the target away, or is the same in nearly all rows. */
export function leakOrNothing(
  target: ColumnSummary,
  feature: ColumnSummary,
  table: Table,
  asClasses: boolean,
): Objection | null {
  const y = findColumn(table, target.name);
  const x = findColumn(table, feature.name);
  if (x === undefined || y === undefined) return null;
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row)
    .filter((row) => !lacksValue(y, row))
    .subarray(0, LOOKED_AT);
  const nearly = nearlyAll(x, rows);
  if (nearly !== null) {
    const { most, others } = nearly;
    return {
      kind: "constant",
      reason: `${typeof most === "string" ? quote(most) : most} in all rows but ${grouped(others)}`,
    };
  }
  const how = howGivesAway(x, asClasses ? wordColumn(y, table.numbers, true) : y, rows);
  if (how === null) return null;
  const keep = "if it is known before the target is, add it to `features`";
  return { kind: "leak", reason: `gives ${quote(target.name)} away: ${how}; ${keep}` };
}

/** Words of which many rows have the same are categories. */
function textObjection(column: ColumnSummary, present: number, rows: number, kinds: Kinds): Objection | null {
  if (kinds.has(column.name)) {
    if (isIdName(column.name)) return { kind: "words", reason: "an id by its name" };
    return isSparse(present, rows) ? sparse(present, rows) : null;
  }
  if (column.pattern === "date")
    return isSparse(present, rows) ? sparse(present, rows) : { kind: "dates", reason: "dates" };
  if (column.nearlyNumeric && column.oddCells.count > 0)
    return { kind: "odd", reason: [oddCellsText(column.oddCells), ...hintOf(column)].join(". ") };
  const words = (reason: string): Objection => ({ kind: "words", reason });
  const what =
    column.pattern === "code" ? "codes with leading zeros, which are words and no numbers" : "words";
  const { distinct } = column;
  if (distinct === present) return words(`${what}, different in every row`);
  if (isIdName(column.name)) return words("an id by its name");
  if (distinct > present / 2) return words(`${what}, most of them different`);
  return isSparse(present, rows) ? sparse(present, rows) : null;
}

/** How the first cell is to be written, as what stands in parentheses. */
function hintOf({ oddCells: { hint } }: ColumnSummary): readonly string[] {
  return hint === "" ? [] : [hint.replace(/\.$/, "")];
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
export function asideReason(column: ColumnSummary, table: TableSummary, kinds: Kinds): string | null {
  const objection = objectionTo(column, table, kinds);
  // What is wrong with these can be mended, and they may well be what the table is for.
  if (objection?.kind === "odd" || objection?.kind === "infinite" || objection?.kind === "large") return null;
  if (objection !== null) return objection.reason;
  if (column.type === "text" && isAsideName(column.name)) return "words beside the data by its name";
  return isTimeName(column.name) ? "a time by its name" : null;
}
