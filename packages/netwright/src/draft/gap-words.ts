// Words such as NA in columns of words: the readers take them for values, as `None` or `-` may be one. A draft takes the
// few that programs write for a missing value as such, and says so in its file.

import type { Column, Table, TextColumn } from "@netwright/data";

/** What R, pandas, SQL and spreadsheets write, without regard to case. */
const GAP_WORDS: ReadonlySet<string> = new Set(["na", "n/a", "<na>", "nan", "null", "#n/a"]);

export interface WithGaps {
  /** With nothing in the cells that hold such a word. */
  readonly table: Table;
  /** The words as they stand in it, each once. */
  readonly missingWords: readonly string[];
}

export function takingGaps(table: Table): WithGaps {
  const found = new Set(table.columns.flatMap((column) => (column.kind === "text" ? gapsIn(column) : [])));
  if (found.size === 0) return { table, missingWords: [] };
  // The file states them for all columns.
  const columns = table.columns.map(
    (column): Column => (column.kind === "text" ? without(column, found) : column),
  );
  return { table: { ...table, columns }, missingWords: [...found] };
}

/** Beside one word, NA may be the other. */
function gapsIn({ words }: TextColumn): readonly string[] {
  const gaps = words.filter(isGapWord);
  return words.filter((word) => word !== "").length - gaps.length < 2 ? [] : gaps;
}

function isGapWord(word: string): boolean {
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
