// How often each word of a column occurs, and the order in which words are numbered.

import { int32At } from "@netwright/definitions";
import { timesOf, type Words } from "../table/table.ts";

export interface CountedWord {
  readonly word: string;
  readonly rows: number;
}

/** Those that a row has, in order. Words come piece by piece. */
export function countWords(pieces: Iterable<Words>): readonly CountedWord[] {
  const counts = new Map<string, number>();
  for (const piece of pieces) {
    const rows = timesOf(piece);
    for (const [code, word] of piece.words.entries()) {
      const found = int32At(rows, code);
      if (found > 0) counts.set(word, (counts.get(word) ?? 0) + found);
    }
  }
  return inOrder(counts.keys()).map((word) => ({ word, rows: counts.get(word) ?? 0 }));
}

/** Each word once: numbers by their size and before all else, the others by their characters. */
export function inOrder(words: Iterable<string>): string[] {
  const isNumber = (word: string) => word !== "" && !Number.isNaN(Number(word));
  return [...new Set(words)].sort((a, b) => {
    if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
    const difference = isNumber(a) ? Number(a) - Number(b) : 0;
    return difference !== 0 ? difference : a < b ? -1 : a > b ? 1 : 0;
  });
}
