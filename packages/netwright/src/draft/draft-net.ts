// A first `.net` file for a table: a contract of the columns as they are, scaling, a split, a model of sensible size.
// A start to be read and changed, so the choices carry their reasons as comments, and nothing is left out in silence.

import { type ColumnSummary, summarize, type Table, type TableSummary } from "@netwright/data";
import { count, grouped, quote } from "@netwright/definitions";
import { chooseTarget } from "./choose-target.ts";
import { draftText } from "./draft-text.ts";
import { gapsBeside, objectionTo } from "./judge-column.ts";
import { leftOutLines } from "./left-out-lines.ts";
import { type Refusal, refused } from "./refusal.ts";

export interface DraftOptions {
  /** The table as the file will name it, relative to itself. */
  readonly source: string;
  /** Name of the section `data`. */
  readonly name: string;
  /** Default: a column with the name of a target, such as `y`, otherwise the last one that may be one. */
  readonly target?: string;
}

export interface LeftOut {
  /** Its name; "" for a first column without one. */
  readonly column: string;
  readonly reason: string;
}

/** Every column of the table is the target, a feature, or left out. */
export interface DraftedNet {
  readonly ok: true;
  readonly text: string;
  readonly target: string;
  /** Why it is the target. */
  readonly reason: string;
  readonly features: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Rows that are not used, as they have no target. */
  readonly rowsWithoutTarget: number;
}

export type Draft = DraftedNet | Refusal;

/** What the parts of the text are made from. */
export interface Plan {
  readonly table: TableSummary;
  readonly target: ColumnSummary;
  readonly reason: string;
  readonly features: readonly ColumnSummary[];
  readonly leftOut: readonly LeftOut[];
  /** Rows that have a target. */
  readonly rows: number;
}

/** Fewer rows than this cannot be split into three parts that say anything. */
const FEWEST_ROWS = 10;

export function draftNet(from: Table, options: DraftOptions): Draft {
  const table = summarize(from);
  if (table.rows < FEWEST_ROWS) return fewRows(`the table has ${count(table.rows, "row")}`);
  const chosen = chooseTarget(table, options.target);
  if (!chosen.ok) return chosen;
  const { column: target, reason } = chosen;
  const rows = table.rows - target.missing;
  if (rows < FEWEST_ROWS) {
    return fewRows(
      `${quote(target.name)}, ${reason}, has a value in ${grouped(rows)} of ${count(table.rows, "row")}`,
    );
  }
  const features: ColumnSummary[] = [];
  const leftOut = table.rowNames === null ? [] : [rowNamesLeftOut(table.rowNames)];
  for (const column of table.columns) {
    if (column === target) continue;
    const objection = objectionTo(column, table) ?? gapsBeside(target, column, from);
    if (objection === null) features.push(column);
    else leftOut.push({ column: column.name, reason: objection.reason });
  }
  if (features.length === 0) return noFeatures(target, reason, leftOut);
  const plan = { table, target, reason, features, leftOut, rows };
  return {
    ok: true,
    text: draftText(plan, options),
    target: target.name,
    reason,
    features: features.map(({ name }) => name),
    leftOut,
    rowsWithoutTarget: target.missing,
  };
}

function fewRows(problem: string): Refusal {
  return refused("few-rows", problem, `A model needs at least ${FEWEST_ROWS}, better hundreds.`);
}

function rowNamesLeftOut([first, last]: readonly [string, string]): LeftOut {
  return { column: "", reason: `names of the rows, ${quote(first)} to ${quote(last)}` };
}

function noFeatures(target: ColumnSummary, reason: string, leftOut: readonly LeftOut[]): Refusal {
  return refused(
    "no-features",
    `no column is left to predict ${quote(target.name)}, ${reason}, from`,
    ...leftOutLines(leftOut).map((line) => `Left out: ${line}.`),
    "Features are columns of numbers that say something about a row.",
  );
}
