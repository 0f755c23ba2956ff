// Columns of words that say something else: dates, and the two words of a truth value. A draft describes them as what
// they are.

import { type ColumnSummary, columnTypes, findColumn, readAs, type Table, wordAt } from "@netwright/data";
import { grouped, lookUp, quote } from "@netwright/definitions";
import type { Objection } from "./judge-column.ts";

/** How a column of words is described, with what stands behind it as a comment. */
export interface TypedWords {
  readonly name: string;
  /** `date(format: day_month_year)` */
  readonly type: string;
  readonly about: string | null;
}

/** The words of a truth value, in any case. */
const PAIRS = ["true false", "yes no", "t f", "y n"];

/** `null` for words that are words. */
export function typedWords(table: Table, summary: ColumnSummary): TypedWords | Objection | null {
  if (summary.type !== "text") return null;
  if (summary.pattern === "date") return datesIn(table, summary);
  const column = findColumn(table, summary.name);
  const words = column?.kind === "text" ? column.words.filter((word) => word !== "") : [];
  const pair = new Set(words.map((word) => word.toLowerCase()));
  const isTruth = PAIRS.some((known) => known.split(" ").every((word) => pair.has(word)) && pair.size === 2);
  return isTruth ? { name: summary.name, type: "boolean", about: null } : null;
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
  const cells = gaps > 0 ? `, ${grouped(gaps)} empty` : "";
  return {
    name,
    type: args.length === 0 ? "date" : `date(${args.join(", ")})`,
    about: `${first} to ${last}${cells}`,
  };
}

const DAY = 86_400;
