// In how many texts each word occurs, and how often: of a column in which many rows may have the same text.

import { at } from "@netwright/definitions";
import type { Words } from "../table/table.ts";

export interface GramCount {
  readonly gram: string;
  /** How many rows have it. */
  readonly rows: number;
}

export interface CountedGrams {
  readonly rows: number;
  /** The most frequent first, by how many rows have them; of equally frequent ones by their characters. */
  readonly grams: readonly GramCount[];
}

export function countGrams(pieces: Iterable<Words>, gramsOf: (text: string) => string[]): CountedGrams {
  const rowsOf = new Map<string, number>();
  let rows = 0;
  for (const { codes, words } of pieces) {
    rows += codes.length;
    for (const [code, own] of rowsOfCodes(codes)) {
      for (const gram of new Set(gramsOf(at(words, code)))) rowsOf.set(gram, (rowsOf.get(gram) ?? 0) + own);
    }
  }
  const grams = [...rowsOf].map(([gram, count]) => ({ gram, rows: count }));
  return { rows, grams: grams.sort((a, b) => b.rows - a.rows || (a.gram < b.gram ? -1 : 1)) };
}

function rowsOfCodes(codes: Int32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
