// How the rows of a draft are dealt out: by chance, class by class, or group by group; and what else may be meant.

import {
  type ColumnSummary,
  filesWithRows,
  findColumn,
  lacksValue,
  type Table,
  wordColumn,
} from "@netwright/data";
import { at, oneLine, quote, splitNames } from "@netwright/definitions";
import { spellColumn, stringText } from "@netwright/lang";
import type { Task } from "./choose-task.ts";
import { groupName, isTimeline } from "./name-hints.ts";
import type { PartsColumn } from "./parts-column.ts";

const SHARES = "train: 70%, validation: 15%, test: 15%";

export interface ChosenSplit {
  readonly line: string;
  /** Comments above it. */
  readonly notes: readonly string[];
  /** The column that it goes by, which is no feature. */
  readonly by: string | null;
}

/** With fewer groups, parts of the split would have two or three. */
const FEWEST_GROUPS = 20;
/** Of the rows: a group that large is no share of a split. */
const LARGEST_GROUP = 0.2;
/** Each class has to be in as many groups, so that no part of the split lacks it. */
const GROUPS_A_CLASS = 10;
const FEWEST_TIMES = 10;

interface SplitHints {
  readonly mayGroup?: boolean;
  readonly parts?: PartsColumn | null;
  /** Each file is a row, as one of a picture is. */
  readonly areRows?: boolean;
}

export function chooseSplit(
  table: Table,
  columns: readonly ColumnSummary[],
  target: ColumnSummary,
  task: Task,
  { mayGroup = true, parts = null, areRows = false }: SplitHints = {},
): ChosenSplit {
  if (parts !== null && parts.name !== target.name) return byParts(parts);
  const own = findColumn(table, target.name);
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) => own !== undefined && !lacksValue(own, row),
  );
  const others = columns.filter(({ name, missing }) => name !== target.name && missing === 0);
  const group = others
    .map((column) => ({ column, what: groupName(column.name), sizes: sizesOf(table, column, rows) }))
    .filter(({ what, sizes }) => what !== null && repeats(sizes, rows.length))
    .sort((a, b) => b.sizes.size - a.sizes.size)
    .sort((a, b) => Number(b.what === "being") - Number(a.what === "being"))[0];
  const notes = [...timeNotes(table, others), ...(areRows ? [] : fileNotes(table))];
  if (group !== undefined) {
    const name = spellColumn(group.column.name);
    const by = `split: grouped(by: ${name}, ${SHARES}, seed: 0)`;
    const isSafe = task !== "classes" || everyClassIn(table, target, group.column, rows);
    if (group.what === "being" && isSafe && mayGroup) {
      const why = `all rows with the same ${oneLine(group.column.name)} are on one side, as new ones will have another`;
      return { line: `${by}  # ${why}`, notes: [], by: group.column.name };
    }
    notes.push(
      `# If it is for rows with another ${oneLine(group.column.name)} than these:  split: grouped(by: ${name})`,
    );
  }
  return {
    line:
      task === "classes"
        ? `split: stratified(${SHARES}, seed: 0)  # of each class`
        : `split: { ${SHARES}, seed: 0 }`,
    notes,
    by: null,
  };
}

function byParts({ name, words }: PartsColumn): ChosenSplit {
  const asked = splitNames.map((part) => `${part}: [${stringText(words[part])}]`).join(", ");
  return { line: `split: by_column(${spellColumn(name)}, ${asked})`, notes: [], by: name };
}

function sizesOf(
  table: Table,
  { name }: ColumnSummary,
  rows: readonly number[],
): ReadonlyMap<number, number> {
  const sizes = new Map<number, number>();
  const column = findColumn(table, name);
  if (column === undefined || groupName(name) === null) return sizes;
  const { codes } = wordColumn(column, table.numbers);
  for (const row of rows) sizes.set(at(codes, row), (sizes.get(at(codes, row)) ?? 0) + 1);
  return sizes;
}

function repeats(sizes: ReadonlyMap<number, number>, rows: number): boolean {
  if (sizes.size < FEWEST_GROUPS || 2 * sizes.size > rows) return false;
  return [...sizes.values()].every((size) => size <= LARGEST_GROUP * rows);
}

function everyClassIn(
  table: Table,
  target: ColumnSummary,
  by: ColumnSummary,
  rows: readonly number[],
): boolean {
  const [classes, groups] = [target, by].map(({ name }) => {
    const column = findColumn(table, name);
    if (column === undefined) throw new Error(`the table has no column ${quote(name)}`);
    return wordColumn(column, table.numbers).codes;
  });
  const found = new Map<number, Set<number>>();
  for (const row of rows) {
    const own = classes?.[row] ?? -1;
    const known = found.get(own) ?? new Set();
    found.set(own, known.add(groups?.[row] ?? -1));
  }
  return [...found.values()].every((groupsOfClass) => groupsOfClass.size >= GROUPS_A_CLASS);
}

/** Rows that are in the order of a time may be there for what comes next. */
function timeNotes(table: Table, columns: readonly ColumnSummary[]): string[] {
  const timeline = columns.find((column) => {
    if (column.distinct < FEWEST_TIMES) return false;
    const what =
      column.type === "number" ? isTimeline(column.name) : column.pattern === "date" ? "time" : null;
    return what !== null && isInOrder(table, column.name, what === "may be");
  });
  if (timeline === undefined) return [];
  return [
    `# If later rows are to be predicted from earlier ones:  split: by_time(${spellColumn(timeline.name)})`,
  ];
}

/** Files may be years, sites or persons, and what is predicted one more of them. The last are there to be tested on. */
function fileNotes({ files = [], rows }: Table): string[] {
  const filled = filesWithRows(rows, files);
  const [, validation, test] = filled.slice(-3).map(({ shortName }) => stringText(shortName));
  // What a draft trains is watched on a part of its own.
  if (validation === undefined || test === undefined) return [];
  const split = `split: by_file(validation: ${validation}, test: ${test})`;
  return [`# If it is for rows of other files than these:  ${split}`];
}

/** A step that is longer than so many others is none of a series. */
const LONGEST_STEP = 5;

/** Numbers, or words that sort by time: from the year on. */
function isInOrder(table: Table, name: string, isEven: boolean): boolean {
  const column = findColumn(table, name);
  if (column === undefined) return false;
  if (column.kind === "number") {
    const steps = column.values.slice(1).map((x, row) => x - at(column.values, row));
    if (isEven) return isEvenly(steps);
    return steps.every((step) => step >= 0);
  }
  const words = column.words.filter((word) => word !== "");
  const length = words[0]?.length ?? 0;
  if (!words.every((word) => /^\d{4}/.test(word) && word.length === length)) return false;
  return words.every((word, i) => i === 0 || word > at(words, i - 1)) && isAscending(column.codes);
}

function isEvenly(steps: Float64Array): boolean {
  const [least, most] = [steps.reduce((a, b) => Math.min(a, b)), steps.reduce((a, b) => Math.max(a, b))];
  return least > 0 && most <= LONGEST_STEP * least;
}

function isAscending(codes: Int32Array): boolean {
  return codes.every((code, row) => row === 0 || code >= at(codes, row - 1));
}
