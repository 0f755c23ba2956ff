// A hash of the cells of each row: MurmurHash3 (x86, 32 bits) over lengths and code units. It tells nothing of the order of
// the columns of others, of other rows, or of how the file is written: `1` and `1.0` are one word.

import { at, int32At } from "@netwright/definitions";
import type { TextColumn } from "../table/table.ts";

/** One a row of `kept`, any 32 bits; a missing cell is a cell like another. */
export function cellHashes(columns: readonly TextColumn[], kept: Int32Array, seed: number): Int32Array {
  const hashes = new Int32Array(kept.length).fill(seed | 0);
  let words = 0;
  for (const { codes, words: known } of columns) {
    // The hash of a word is taken once, however many rows have it.
    const own = Int32Array.from(known, hashOfText);
    for (let position = 0; position < kept.length; position++) {
      const word = at(own, int32At(codes, int32At(kept, position)));
      hashes[position] = round(int32At(hashes, position), word);
    }
    words++;
  }
  return hashes.map((hash) => final(hash ^ (4 * words)));
}

function hashOfText(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = round(hash, text.charCodeAt(i));
  return final(hash ^ (4 * text.length));
}

function round(hash: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  const h = hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function final(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
