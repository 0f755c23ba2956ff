// Words such as NA in columns of words: the readers take them for values, as `None` or `-` may be one. A draft takes the
// few that programs write for a missing value as such, and says so in its file. So it does with -999 and the like, where
// it is far from all other numbers.

import {
  type Column,
  type NumberColumn,
  presentIn,
  sentinelsIn,
  type Table,
  type TextColumn,
} from "@netwright/data";

/** What R, pandas, SQL and spreadsheets write, without regard to case. */
const GAP_WORDS: ReadonlySet<string> = new Set(["na", "n/a", "<na>", "nan", "null", "#n/a"]);

export interface WithGaps {
  /** With nothing in the cells that hold such a word. */
  readonly table: Table;
  /** The words as they stand in it, each once. */
  readonly missingWords: readonly string[];
}

export function takingGaps(table: Table): WithGaps {
  const words = new Set(table.columns.flatMap((column) => (column.kind === "text" ? gapsIn(column) : [])));
  const numbers = new Set(sentinelsOf(table));
  if (words.size + numbers.size === 0) return { table, missingWords: [] };
  // The file states them for all columns.
  const columns = table.columns.map(
    (column): Column => (column.kind === "text" ? without(column, words) : withoutNumbers(column, numbers)),
  );
  return { table: { ...table, columns }, missingWords: [...words, ...[...numbers].map(String)] };
}

/** Only those that are nothing else in any other column. */
function sentinelsOf({ columns }: Table): readonly number[] {
  const found = new Map<string, readonly number[]>();
  for (const column of columns) {
    if (column.kind === "number")
      found.set(
        column.name,
        sentinelsIn(presentIn(column, rowsOf(column)).sort()).map(({ value }) => value),
      );
  }
  return [...new Set([...found.values()].flat())].filter((value) =>
    columns.every((column) =>
      column.kind === "text"
        ? !column.words.includes(String(value))
        : found.get(column.name)?.includes(value) === true || !column.values.includes(value),
    ),
  );
}

function rowsOf({ values }: NumberColumn): Int32Array {
  return Int32Array.from(values.keys());
}

function withoutNumbers(column: NumberColumn, gaps: ReadonlySet<number>): NumberColumn {
  if (gaps.size === 0 || !column.values.some((value) => gaps.has(value))) return column;
  const values = column.values.map((value) => (gaps.has(value) ? Number.NaN : value));
  const missing = Uint8Array.from(values, (value) => Number(Number.isNaN(value)));
  return { ...column, values, missing, gaps: missing.filter((own) => own === 1).length };
}

/** Beside one word, NA may be the other. */
function gapsIn({ words }: TextColumn): readonly string[] {
  const gaps = words.filter(isGapWord);
  return words.filter((word) => word !== "").length - gaps.length < 2 ? [] : gaps;
}

export function isGapWord(word: string): boolean {
  return GAP_WORDS.has(word.toLowerCase());
}

function without(column: TextColumn, gaps: ReadonlySet<string>): TextColumn {
  const { name, codes, words } = column;
  if (!words.some((word) => gaps.has(word))) return column;
  const kept = ["", ...words.filter((word) => word !== "" && !gaps.has(word))];
  const places = new Map(kept.map((word, place) => [word, place]));
  const own = Int32Array.from(words, (word) => places.get(word) ?? 0);
  const renamed = codes.map((code) => own[code] ?? 0);
  return {
    kind: "text",
    name,
    words: kept,
    codes: renamed,
    gaps: renamed.filter((code) => code === 0).length,
  };
}
