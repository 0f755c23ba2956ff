// How often each word of a column occurs, as an encoder of words would see it.

import { type CountedWord, countWords } from "../preprocess/count-words.ts";
import type { Column, Table } from "./table.ts";
import { wordColumn } from "./word-column.ts";

export type WordCount = CountedWord;

/** In the order in which an encoder numbers them; of a column of numbers the numbers as words. */
export function wordCounts({ numbers }: Pick<Table, "numbers">, column: Column): readonly WordCount[] {
  return countWords([wordColumn(column, numbers, true)]).filter(({ word }) => word !== "");
}
