// A column that says which rows are to train, to validate and to test: the split was made by somebody else, and results are
// compared on it.

import { type ColumnSummary, type Table, wordCounts } from "@netwright/data";
import { type SplitName, splitNames } from "@netwright/definitions";
import { columnNamed } from "./choose-features.ts";

export interface PartsColumn {
  readonly name: string;
  /** The word of each part, as the table writes it. */
  readonly words: Readonly<Record<SplitName, string>>;
}

const WORDS: { readonly [N in SplitName]: ReadonlySet<string> } = {
  train: new Set(["train", "training", "trn"]),
  validation: new Set(["validation", "valid", "val", "dev", "development"]),
  test: new Set(["test", "testing", "tst", "holdout"]),
};

/** The first whose words are these three, one for each part, in every row. */
export function partsColumn(table: Table, columns: readonly ColumnSummary[]): PartsColumn | null {
  for (const column of columns) {
    if (column.type !== "text" || column.distinct !== splitNames.length || column.missing > 0) continue;
    const words = wordCounts(table, columnNamed(table, column.name)).map(({ word }) => word);
    const wordOf = (part: SplitName) => words.find((word) => WORDS[part].has(word.toLowerCase()));
    const [train, validation, test] = [wordOf("train"), wordOf("validation"), wordOf("test")];
    if (train !== undefined && validation !== undefined && test !== undefined)
      return { name: column.name, words: { train, validation, test } };
  }
  return null;
}
