// Which columns a draft learns from: each is a feature, described, or left out with its reason.

import {
  type Column,
  type ColumnSummary,
  findColumn,
  type Table,
  type TableSummary,
  wordCounts,
} from "@netwright/data";
import { grouped, quote } from "@netwright/definitions";
import type { Task } from "./choose-task.ts";
import { type DescribedCategory, describedCategory } from "./described-category.ts";
import type { LeftOut } from "./draft-net.ts";
import { MOST_DESCRIBED_WORDS } from "./draft-size.ts";
import { gapsBeside, type Kinds, leakOrNothing, type Objection, objectionTo } from "./judge-column.ts";
import { isTyped, type TypedWords } from "./typed-words.ts";

export interface ChosenFeatures {
  readonly features: readonly ColumnSummary[];
  readonly categories: ReadonlyMap<string, DescribedCategory>;
  readonly leftOut: readonly LeftOut[];
}

export interface GivenColumns {
  readonly from: Table;
  readonly table: TableSummary;
  readonly target: ColumnSummary;
  readonly task: Task;
  /** What each column of words is, by name. */
  readonly found: ReadonlyMap<string, TypedWords | Objection | null>;
  readonly kinds: Kinds;
}

/** `by` is the column that the split goes by. */
export function chooseFeatures(given: GivenColumns, by: string | null): ChosenFeatures {
  const { from, table, target, task, found, kinds } = given;
  const suspects = new Map(
    table.columns.map((column) => [column, leakOrNothing(target, column, from, task === "classes")]),
  );
  const objectionsTo = (column: ColumnSummary) =>
    objectionToFeature(column, found.get(column.name) ?? null, table, kinds) ??
    gapsBeside(target, column, from);
  const others = table.columns.filter((column) => column !== target);
  const used = table.rows === 0 ? 1 : (table.rows - target.missing) / table.rows;
  // What would be warned of is better than nothing to learn from.
  const areEnough = others.some(
    (column) => column.name !== by && suspects.get(column) === null && objectionsTo(column) === null,
  );
  const usable: ColumnSummary[] = [];
  const categories = new Map<string, DescribedCategory>();
  const leftOut = table.rowNames === null ? [] : [rowNamesLeftOut(table.rowNames)];
  for (const column of others) {
    const { name } = column;
    if (name === by) {
      leftOut.push({ column: name, reason: "the split goes by it" });
      continue;
    }
    const objection = objectionsTo(column) ?? (areEnough ? (suspects.get(column) ?? null) : null);
    const category =
      objection === null && isPlainWords(column, kinds) ? categoryOf(from, column, used) : null;
    const problem = objection ?? (category !== null && "kind" in category ? category : null);
    if (problem !== null) leftOut.push({ column: name, reason: problem.reason });
    else usable.push(column);
    if (category !== null && !("kind" in category)) categories.set(name, category);
  }
  const ofWords = usable.filter(({ type }) => type === "text");
  if (ofWords.length <= MOST_DESCRIBED_WORDS) return { features: usable, categories, leftOut };
  // Each has to be described in the file, which is to be read.
  const reason = `one of ${grouped(ofWords.length)} columns of words, more than a draft describes`;
  return {
    features: usable.filter(({ type }) => type === "number"),
    categories: new Map(),
    leftOut: [...leftOut, ...ofWords.map(({ name }) => ({ column: name, reason }))],
  };
}

function objectionToFeature(
  column: ColumnSummary,
  found: TypedWords | Objection | null,
  table: TableSummary,
  kinds: Kinds,
): Objection | null {
  const objection = objectionTo(column, table, kinds);
  const isMended =
    objection === null ||
    objection.kind === "dates" ||
    objection.kind === "odd" ||
    objection.kind === "words";
  // Why dates or lists cannot be read is the better reason.
  return isMended && found !== null && !isTyped(found) ? found : objection;
}

function isPlainWords({ name, type }: ColumnSummary, kinds: Kinds): boolean {
  return type === "text" && !kinds.has(name);
}

function categoryOf(table: Table, column: ColumnSummary, used: number): DescribedCategory | Objection {
  return describedCategory(column, wordCounts(table, columnNamed(table, column.name)), used);
}

function rowNamesLeftOut([first, last]: readonly [string, string]): LeftOut {
  return { column: "", reason: `names of the rows, ${quote(first)} to ${quote(last)}` };
}

export function columnNamed(table: Table, name: string): Column {
  const found = findColumn(table, name);
  if (found === undefined) throw new Error(`the table has no column ${name}`);
  return found;
}
