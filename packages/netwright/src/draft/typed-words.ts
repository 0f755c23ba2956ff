// Columns of words that are more than words: dates, truth values, words in an order, lists of labels or of numbers, texts.
// A draft describes them as what they are.

import {
  type ColumnSummary,
  columnTypes,
  findColumn,
  readAs,
  type Table,
  type TextColumn,
  wordAt,
  wordCounts,
} from "@netwright/data";
import { count, grouped, lookUp, quote } from "@netwright/definitions";
import { stringText } from "@netwright/lang";
import { emptyCells, namedWords } from "./about-words.ts";
import type { Objection } from "./judge-column.ts";
import { knownOrder } from "./known-orders.ts";
import { type ListedLabels, listedLabels } from "./listed-labels.ts";
import { listedNumbers } from "./listed-numbers.ts";
import { vocabularyOf } from "./short-texts.ts";

/** How a column of words is described, with what stands behind it as a comment. */
interface Described {
  readonly name: string;
  /** `date(format: day_month_year)` */
  readonly type: string;
  /** Without it, the words and how often each occurs. */
  readonly about: string | null;
  /** How many numbers it becomes, about. */
  readonly width: number;
}

export type TypedWords =
  | (Described & { readonly kind: "date" | "boolean" | "numbers" | "text" })
  /** Its words, from the least to the greatest. */
  | (Described & { readonly kind: "ordered"; readonly order: readonly string[] })
  | (Described & { readonly kind: "labels"; readonly listed: ListedLabels });

/** The words of a truth value, in any case. */
const PAIRS = ["true false", "yes no", "t f", "y n"];

/** Two words have no order that a number for each would not tell. */
const FEWEST_STEPS = 3;
/** Of an order that people keep in mind. */
const MOST_STEPS = 20;

/** `null` for words that are words. */
export function typedWords(table: Table, summary: ColumnSummary): TypedWords | Objection | null {
  if (summary.type !== "text") return null;
  if (summary.pattern === "date") return datesIn(table, summary);
  const column = findColumn(table, summary.name);
  if (column?.kind !== "text") return null;
  const words = column.words.filter((word) => word !== "");
  return (
    truthIn(summary, words) ??
    orderIn(summary, words) ??
    numbersIn(summary, words) ??
    labelsIn(table, summary, column) ??
    textIn(summary, column)
  );
}

function truthIn({ name, missing }: ColumnSummary, words: readonly string[]): TypedWords | null {
  const pair = new Set(words.map((word) => word.toLowerCase()));
  const isTruth = PAIRS.some((known) => known.split(" ").every((word) => pair.has(word)) && pair.size === 2);
  return isTruth ? { kind: "boolean", name, type: "boolean", about: null, width: missing > 0 ? 2 : 1 } : null;
}

function orderIn({ name, missing }: ColumnSummary, words: readonly string[]): TypedWords | null {
  if (words.length < FEWEST_STEPS || words.length > MOST_STEPS) return null;
  const order = knownOrder(words);
  if (order === null) return null;
  const gaps = missing > 0 ? ", missing: own_class" : "";
  const type = `ordinal([${order.map(stringText).join(", ")}]${gaps})`;
  return { kind: "ordered", name, type, about: null, width: order.length, order };
}

/** A list cannot be filled in. */
function numbersIn(
  { name, missing }: ColumnSummary,
  words: readonly string[],
): TypedWords | Objection | null {
  const length = listedNumbers(words);
  if (length === null) return null;
  const what = `lists of ${grouped(length)} numbers`;
  if (missing > 0) return { kind: "lists", reason: `${what}, ${count(missing, "row")} without one` };
  return { kind: "numbers", name, type: `numbers(${length})`, about: what, width: length };
}

function labelsIn(table: Table, { name, missing }: ColumnSummary, column: TextColumn): TypedWords | null {
  const listed = listedLabels(wordCounts(table, column));
  if (listed === null) return null;
  const { separator, labels } = listed;
  const by = separator === "|" ? "" : `separator: ${stringText(separator)}, `;
  const type = `category(encoder: multi_hot(${by}unknown: other), missing: own_class)`;
  const about = `lists of ${count(labels.length, "label")}: ${namedWords(labels)}${emptyCells(missing)}`;
  return { kind: "labels", name, type, about, width: labels.length, listed };
}

function textIn({ name, distinct, missing }: ColumnSummary, column: TextColumn): TypedWords | null {
  // What comes again and again is a word, however long.
  if (2 * distinct < column.codes.length - missing) return null;
  const vocabulary = vocabularyOf(column);
  if (vocabulary === null) return null;
  const type = `text(bag_of_words(vocabulary: ${vocabulary}))`;
  const about = `${grouped(distinct)} different texts, by their most frequent words${emptyCells(missing)}`;
  return { kind: "text", name, type, about, width: vocabulary };
}

export function isTyped(found: TypedWords | Objection | null): found is TypedWords {
  return found !== null && "type" in found;
}

/** The order of day and month is stated where the table shows it, so that no other table is read in another. */
function datesIn(table: Table, { name }: ColumnSummary): TypedWords | Objection {
  const column = findColumn(table, name);
  const asDate = {
    format: null,
    parts: null,
    cyclic: true,
    min: null,
    max: null,
    scale: null,
    missing: null,
  };
  const read = column && readAs(table, column, lookUp(columnTypes, "date"), asDate);
  if (column?.kind !== "text" || !read) throw new Error(`the table has no column of words ${name}`);
  const [wrong] = read.unread;
  if (wrong !== undefined) {
    const cell = quote(wordAt(column, wrong.rows[0] ?? 0));
    const reason =
      wrong.problem.code === "NW0654"
        ? `dates such as ${cell}, of which day and month may be either: describe it as \`date(format: ...)\``
        : `dates, of which ${cell} has a form that no column of dates has`;
    return { kind: "dates", reason };
  }
  const { values, missing, gaps } = read.column;
  const present = values.filter((_, row) => missing[row] === 0).sort();
  const { format } = read.reading.saved.params;
  const timed = present.some((x) => x % DAY !== 0);
  const args = [
    ...(typeof format === "string" ? [`format: ${format}`] : []),
    ...(timed ? ["parts: [elapsed, month, day, weekday, hour]"] : []),
  ];
  const [first, last] = [present[0] ?? 0, present.at(-1) ?? 0].map(read.reading.spell);
  return {
    kind: "date",
    name,
    type: args.length === 0 ? "date" : `date(${args.join(", ")})`,
    about: `${first} to ${last}${emptyCells(gaps)}`,
    width: timed ? 9 : 7,
  };
}

const DAY = 86_400;
