// How often each word of a column occurs, as an encoder of words would see it.

import { at } from "@netwright/definitions";
import { inOrder } from "../preprocess/word-encoder.ts";
import type { Column, Table } from "./table.ts";
import { wordColumn } from "./word-column.ts";

export interface WordCount {
  readonly word: string;
  readonly rows: number;
}

/** In the order in which an encoder numbers them; of a column of numbers the numbers as words. */
export function wordCounts({ numbers }: Pick<Table, "numbers">, column: Column): readonly WordCount[] {
  const { codes, words } = wordColumn(column, numbers);
  const counts = new Map<string, number>();
  const rows = new Int32Array(words.length);
  for (const code of codes) rows[code] = at(rows, code) + 1;
  for (const [code, word] of words.entries())
    if (word !== "" && at(rows, code) > 0) counts.set(word, at(rows, code));
  return inOrder(counts.keys()).map((word) => ({ word, rows: counts.get(word) ?? 0 }));
}
