// The cells of a column as its type reads them. Each different cell is read once, however many rows have it.

import { countOnes } from "../scan/column-reader.ts";
import { isMissingWord } from "../table/missing-words.ts";
import type { NumberFormat } from "../table/number-text.ts";
import type { Column, NumberColumn } from "../table/table.ts";
import { wordColumn } from "../table/word-column.ts";
import type { CellProblem, CellReading } from "./cell-reading.ts";

export interface ReadCells {
  /** Values that cannot be read are NaN. */
  readonly column: NumberColumn;
  readonly unread: readonly UnreadCells[];
}

/** Rows that have the same thing wrong with them. */
export interface UnreadCells {
  /** Of the first of them. */
  readonly problem: CellProblem;
  /** Indices from 0, ascending. */
  readonly rows: readonly number[];
}

export function readCells(column: Column, format: NumberFormat, reading: CellReading): ReadCells {
  const { name, codes, words } = wordColumn(column, format);
  const meanings = words.map((word) => meaningOf(word, reading));
  const values = new Float64Array(codes.length);
  const missing = new Uint8Array(codes.length);
  const rowsOf = new Map<CellProblem["code"], { problem: CellProblem; rows: number[] }>();
  for (const [row, code] of codes.entries()) {
    const meaning = meanings[code] ?? null;
    values[row] = typeof meaning === "number" ? meaning : Number.NaN;
    if (meaning === null) missing[row] = 1;
    else if (typeof meaning !== "number") {
      const known = rowsOf.get(meaning.code);
      if (known === undefined) rowsOf.set(meaning.code, { problem: meaning, rows: [row] });
      else known.rows.push(row);
    }
  }
  return {
    column: { kind: "number", name, values, missing, gaps: countOnes(missing) },
    unread: [...rowsOf.values()],
  };
}

/** `null` for a value that is missing: a column of readings has no words that could be meant by `NA`. */
export function meaningOf(word: string, { read }: CellReading): number | CellProblem | null {
  if (word === "") return null;
  const meaning = read(word);
  return typeof meaning !== "number" && isMissingWord(word) ? null : meaning;
}
