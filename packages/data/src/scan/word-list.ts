// The different values of a column, as bytes, each with a number: the place at which it was first seen.

import { requireRoom, TooManyWords } from "./heap-room.ts";
import { textOfBytes } from "./text-of-bytes.ts";

const MOST_BYTES = 2 ** 31 - 1;

export class WordList {
  /** How many there are. */
  size = 0;
  #bytes = new Uint8Array(1024);
  #view = viewOn(this.#bytes);
  /** The bytes that were looked at last: mostly the same array again. */
  #seen: Uint8Array = this.#bytes;
  #seenView = this.#view;
  /** Word i is the bytes from `#ends[i]` to `#ends[i + 1]`. */
  #ends = new Int32Array(256);
  /** An open hash table of numbers of words, each one more, as 0 is an empty place; beside each, the hash of its word. */
  #table = new Int32Array(1024);

  /** The number of the word that the bytes from `start` to `end` are; a new one if it was not seen before. */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    if (bytes !== this.#seen) {
      this.#seen = bytes;
      this.#seenView = viewOn(bytes);
    }
    // Four bytes at a time take a fourth of the time.
    const view = this.#seenView;
    const length = end - start;
    const fours = end - 3;
    let hash = length;
    let at = start;
    for (; at < fours; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    hash ^= hash >>> 13;
    const table = this.#table;
    const mask = table.length - 2;
    for (let place = (hash << 1) & mask; ; place = (place + 2) & mask) {
      const code = (table[place] ?? 0) - 1;
      if (code < 0) return this.#add(bytes, start, end, hash, place);
      if (table[place + 1] !== hash) continue;
      let from = this.#ends[code] ?? 0;
      if ((this.#ends[code + 1] ?? 0) - from !== length) continue;
      for (at = start; at < fours && this.#view.getInt32(from) === view.getInt32(at); at += 4) from += 4;
      if (at < fours) continue;
      while (at < end && this.#bytes[from] === bytes[at]) {
        from++;
        at++;
      }
      if (at === end) return code;
    }
  }

  text(code: number): string {
    return textOfBytes(this.#bytes, this.#ends[code] ?? 0, this.#ends[code + 1] ?? 0);
  }

  /** @throws TooManyWords where they would fill the heap */
  texts(): string[] {
    requireRoom(this.size, this.#ends[this.size] ?? 0);
    return Array.from({ length: this.size }, (_, code) => this.text(code));
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number, place: number): number {
    const code = this.size++;
    const from = this.#ends[code] ?? 0;
    const to = from + end - start;
    // Places are numbers of 32 bits.
    if (to > MOST_BYTES) throw new TooManyWords(code, to, MOST_BYTES);
    if (to > this.#bytes.length) {
      this.#bytes = larger(this.#bytes, Uint8Array, to);
      this.#view = viewOn(this.#bytes);
    }
    this.#bytes.set(bytes.subarray(start, end), from);
    if (code + 2 > this.#ends.length) {
      this.#ends = larger(this.#ends, Int32Array, code + 2);
    }
    this.#ends[code + 1] = to;
    this.#table[place] = code + 1;
    this.#table[place + 1] = hash;
    if (4 * this.size > this.#table.length) this.#spread();
    return code;
  }

  #spread(): void {
    const table = new Int32Array(2 * this.#table.length);
    const mask = table.length - 2;
    for (let old = 0; old < this.#table.length; old += 2) {
      const code = this.#table[old] ?? 0;
      if (code === 0) continue;
      const hash = this.#table[old + 1] ?? 0;
      let place = (hash << 1) & mask;
      while (table[place] !== 0) place = (place + 2) & mask;
      table[place] = code;
      table[place + 1] = hash;
    }
    this.#table = table;
  }
}

function viewOn({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** The same numbers in an array of half as many again, or more. */
export function larger<T extends Uint8Array | Int32Array | Float64Array>(
  array: T,
  make: new (length: number) => T,
  least: number,
): T {
  const grown = new make(Math.max(least, Math.ceil(1.5 * array.length)));
  grown.set(array);
  return grown;
}
