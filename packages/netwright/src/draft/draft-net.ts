// A first `.net` file for a table: a contract of the columns as they are, scaling, a split, a model of sensible size.
// A start to be read and changed, so the choices carry their reasons as comments, and nothing is left out in silence.

import {
  type Column,
  type ColumnSummary,
  findColumn,
  summarize,
  type Table,
  type TableSummary,
  type WordCount,
  wordCounts,
} from "@netwright/data";
import { count, grouped, quote } from "@netwright/definitions";
import { chooseTarget } from "./choose-target.ts";
import { MOST_DESCRIBED } from "./draft-size.ts";
import { draftText } from "./draft-text.ts";
import { takingGaps } from "./gap-words.ts";
import { gapsBeside, type Objection, objectionTo, tooManyWords } from "./judge-column.ts";
import { leftOutLines } from "./left-out-lines.ts";
import { type Refusal, refused } from "./refusal.ts";
import { isTyped, type TypedWords, typedWords } from "./typed-words.ts";

export interface DraftOptions {
  /** The table as the file will name it, relative to itself. */
  readonly source: string;
  /** Name of the section `data`. */
  readonly name: string;
  /** Default: a column with the name of a target, such as `y`, otherwise the last one that may be one. */
  readonly target?: string;
  /** Whether the target's values are numbers, or each one a class. Default: words are classes, numbers are numbers. */
  readonly task?: Task;
}

export type Task = "numbers" | "classes";

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
  readonly task: Task;
  /** Where the target has few different whole numbers, which may be classes: how many. */
  readonly fewNumbers: number | null;
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
  readonly task: Task;
  readonly features: readonly ColumnSummary[];
  /** The words of each feature of words, and the classes of a target. */
  readonly words: ReadonlyMap<string, readonly WordCount[]>;
  /** Columns of words among the features that are more than words. */
  readonly typed: ReadonlyMap<string, TypedWords>;
  /** Words that stand for a missing value in a column of words. */
  readonly missingWords: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Rows that have a target. */
  readonly rows: number;
}

/** Fewer rows than this cannot be split into three parts that say anything. */
const FEWEST_ROWS = 10;

/** As many whole numbers may be classes that are numbered. */
const FEW_NUMBERS = 10;
/** More classes than this a first model does not tell apart. */
const MOST_CLASSES = 1000;

export function draftNet(read: Table, options: DraftOptions): Draft {
  const { table: from, missingWords } = takingGaps(read);
  const table = summarize(from);
  if (table.rows < FEWEST_ROWS) return fewRows(`the table has ${count(table.rows, "row")}`);
  const chosen = chooseTarget(table, options.target);
  if (!chosen.ok) return chosen;
  const { column: target, reason } = chosen;
  const task = options.task ?? (target.type === "text" ? "classes" : "numbers");
  if (task === "numbers" && target.type === "text") {
    return refused(
      "no-target",
      `${quote(target.name)}, ${reason}, holds words, which are no numbers`,
      "Words are classes.",
    );
  }
  if (task === "classes" && target.distinct > MOST_CLASSES) {
    return refused(
      "words",
      `${quote(target.name)}, ${reason}, has ${grouped(target.distinct)} different values, too many to be classes`,
      `A draft tells up to ${MOST_CLASSES} apart.`,
    );
  }
  const rows = table.rows - target.missing;
  if (rows < FEWEST_ROWS) {
    return fewRows(
      `${quote(target.name)}, ${reason}, has a value in ${grouped(rows)} of ${count(table.rows, "row")}`,
    );
  }
  const usable: ColumnSummary[] = [];
  const typed = new Map<string, TypedWords>();
  const leftOut = table.rowNames === null ? [] : [rowNamesLeftOut(table.rowNames)];
  for (const column of table.columns) {
    if (column === target) continue;
    const found = typedWords(from, column);
    const objection = objectionToFeature(column, found, table) ?? gapsBeside(target, column, from);
    if (objection !== null) leftOut.push({ column: column.name, reason: objection.reason });
    else {
      usable.push(column);
      if (isTyped(found)) typed.set(column.name, found);
    }
  }
  const ofWords = usable.filter(({ type }) => type === "text");
  // Each has to be described in the file, which is to be read.
  const tooMany = ofWords.length > MOST_DESCRIBED;
  const features = tooMany ? usable.filter(({ type }) => type === "number") : usable;
  if (tooMany) {
    const reason = `one of ${grouped(ofWords.length)} columns of words, more than a draft describes`;
    leftOut.push(...ofWords.map(({ name }) => ({ column: name, reason })));
  }
  if (features.length === 0) return noFeatures(target, reason, leftOut);
  const used = [target, ...features].filter(
    ({ name, type }, i) =>
      (type === "text" && typed.get(name)?.about == null) || (i === 0 && task === "classes"),
  );
  const words = new Map(used.map(({ name }) => [name, wordCounts(from, columnNamed(from, name))]));
  const kept = missingWords.filter((word) => used.some(({ name }) => holds(read, name, word)));
  const plan = { table, target, reason, task, features, words, typed, missingWords: kept, leftOut, rows };
  return {
    ok: true,
    text: draftText(plan, options),
    target: target.name,
    reason,
    task,
    fewNumbers:
      task === "numbers" && target.pattern === "whole" && target.distinct <= FEW_NUMBERS
        ? target.distinct
        : null,
    features: features.map(({ name }) => name),
    leftOut,
    rowsWithoutTarget: target.missing,
  };
}

/** Dates are none where they can be read; how they cannot is the reason. */
function objectionToFeature(
  column: ColumnSummary,
  found: TypedWords | Objection | null,
  table: TableSummary,
): Objection | null {
  const objection = objectionTo(column, table);
  if (objection?.kind !== "dates") return objection ?? tooManyWords(column);
  return found === null || isTyped(found) ? null : found;
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
    "Features are columns of numbers, or of words that many rows have, that say something about a row.",
  );
}

function columnNamed(table: Table, name: string): Column {
  const found = findColumn(table, name);
  if (found === undefined) throw new Error(`the table has no column ${name}`);
  return found;
}

function holds(table: Table, name: string, word: string): boolean {
  const column = findColumn(table, name);
  return column?.kind === "text" && column.words.includes(word);
}
