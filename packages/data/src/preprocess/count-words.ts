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
  const numbers: NumberWord[] = [];
  const others: string[] = [];
  for (const word of new Set(words)) {
    const value = word === "" ? Number.NaN : Number(word);
    if (Number.isNaN(value)) others.push(word);
    else numbers.push({ word, value });
  }
  // Without a function, texts are put in order by their code units.
  return [...numbers.sort(byValue).map(({ word }) => word), ...others.sort()];
}

interface NumberWord {
  readonly word: string;
  readonly value: number;
}

function byValue(a: NumberWord, b: NumberWord): number {
  const difference = a.value - b.value;
  return difference !== 0 ? difference : a.word < b.word ? -1 : a.word > b.word ? 1 : 0;
}
