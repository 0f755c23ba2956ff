// Rows as a column of the table says: the split was made by somebody else, or is the fold of another library.

import {
  columnName,
  count,
  int32At,
  list,
  listNames,
  oneOf,
  optional,
  quote,
  real,
  repeated,
  type SplitName,
  splitNames,
  text,
} from "@netwright/definitions";
import { error } from "../problem/problem.ts";
import { missingIn, wordsOf } from "./groups-by.ts";
import { defineSplitter } from "./splitter.ts";

const word = oneOf<string | number>([text({ doc: "" }), real({ doc: "" })], { doc: "" });

type Words = Readonly<Record<SplitName, readonly (string | number)[] | null>>;

export const byColumn = defineSplitter({
  name: "by_column",
  doc: "Each row is in the split that names its word in `column`, or its number; a word that no split names is an error. Equal rows have one word. The column is a feature only where `features` names it.",
  formula: "train = rows whose word is among those of train, and so on",
  example: "split: by_column(Rooms, train: [1, 2, 3], validation: [4], test: [5, 6])",
  source: "scikit-learn, `PredefinedSplit`",
  params: {
    column: columnName({ doc: "The column that says the split." }),
    train: list(word, { doc: "The words of the rows that weights and encoders are fitted on." }),
    validation: optional(list(word, { doc: "The words of the rows that training is watched on." })),
    test: optional(list(word, { doc: "The words of the rows that are kept for the final evaluation." })),
  },
  /** In proportion to the words, as how many rows have each the table alone tells. */
  shares(asked) {
    const all = splitNames.reduce((sum, name) => sum + wordsFor(asked, name).length, 0);
    const share = (name: SplitName) => (all === 0 ? 0 : wordsFor(asked, name).length / all);
    return { train: share("train"), validation: share("validation"), test: share("test") };
  },
  conflict(asked) {
    const [twice] = repeated(splitNames.flatMap((name) => wordsFor(asked, name)));
    if (twice === undefined) return null;
    return { problem: `\`by_column\` names ${quote(twice)} twice`, note: "A row is in one split." };
  },
  sizes: (rows, shares) => ({
    train: rows,
    validation: shares.validation > 0 ? rows : 0,
    test: shares.test > 0 ? rows : 0,
  }),
  hasFolds: false,
  deal(rows, { column: name, ...asked }) {
    const column = wordsOf(rows, name);
    const missing = missingIn(rows, column, "and a row without one is in no split");
    if (missing !== null) return missing;
    const dealt: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
    const splitOf = new Map(
      splitNames.flatMap((split) => wordsFor(asked, split).map((one) => [one, split] as const)),
    );
    const byCode = column.words.map((one) => splitOf.get(one));
    const unnamed = new Set<string>();
    for (const [position, row] of rows.kept.entries()) {
      const code = int32At(column.codes, row);
      const split = byCode[code];
      if (split === undefined) unnamed.add(column.words[code] ?? "");
      else dealt[split].push(position);
    }
    if (unnamed.size > 0) {
      const message = `Column ${quote(name)} has ${unnamed.size === 1 ? "a word" : count(unnamed.size, "word")} that no split names: ${listNames(unnamed, 10)}.`;
      const notes = ["Name each word in `train`, `validation` or `test`, or remove its rows."];
      return error("NW0667", message, { notes, column: name });
    }
    for (const split of splitNames) {
      const words = wordsFor(asked, split);
      if (words.length === 0 || dealt[split].length > 0) continue;
      const message = `\`${split}\` is left without rows: none has ${listNames(words, 10, "or")} in column ${quote(name)}.`;
      const found = listNames(
        column.words.filter((one) => one !== ""),
        10,
      );
      return error("NW0647", message, { notes: [`Its words: ${found}.`], column: name });
    }
    return {
      train: Int32Array.from(dealt.train),
      validation: Int32Array.from(dealt.validation),
      test: Int32Array.from(dealt.test),
    };
  },
});

/** A number is the word that it is in a table. */
function wordsFor(asked: Words, split: SplitName): readonly string[] {
  return (asked[split] ?? []).map(String);
}
