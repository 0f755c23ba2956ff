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
  const found = new Set<string>();
  const columns = table.columns.map((column): Column => {
    const gaps = column.kind === "text" ? column.words.filter(isGapWord) : [];
    // One value that is there is what the column says; NA beside it may be another.
    if (column.kind !== "text" || gaps.length === 0 || column.words.length - gaps.length < 2) return column;
    for (const word of gaps) found.add(word);
    return withoutWords(column);
  });
  return found.size === 0
    ? { table, missingWords: [] }
    : { table: { ...table, columns }, missingWords: [...found] };
}

function isGapWord(word: string): boolean {
  return GAP_WORDS.has(word.toLowerCase());
}

function withoutWords({ name, codes, words }: TextColumn): TextColumn {
  const kept = ["", ...words.filter((word) => word !== "" && !isGapWord(word))];
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
