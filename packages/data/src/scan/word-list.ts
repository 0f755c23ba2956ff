// The different values of a column, as bytes, each with a number: the place at which it was first seen.

import { textOfBytes } from "./text-of-bytes.ts";

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
  #hashes = new Int32Array(256);
  /** An open hash table of numbers of words, each one more, as 0 is an empty place. */
  #table = new Int32Array(512);

  /** The number of the word that the bytes from `start` to `end` are; a new one if it was not seen before. */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    const view = this.#viewOf(bytes);
    let hash = end - start;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    hash ^= hash >>> 13;
    const mask = this.#table.length - 1;
    let place = hash & mask;
    for (;;) {
      const code = (this.#table[place] ?? 0) - 1;
      if (code < 0) break;
      if (this.#hashes[code] === hash && this.#is(code, bytes, start, end)) return code;
      place = (place + 1) & mask;
    }
    return this.#add(bytes, start, end, hash, place);
  }

  text(code: number): string {
    return textOfBytes(this.#bytes, this.#ends[code] ?? 0, this.#ends[code + 1] ?? 0);
  }

  texts(): string[] {
    return Array.from({ length: this.size }, (_, code) => this.text(code));
  }

  #is(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const known = this.#bytes;
    let from = this.#ends[code] ?? 0;
    if ((this.#ends[code + 1] ?? 0) - from !== end - start) return false;
    let at = start;
    for (; at + 4 <= end; at += 4, from += 4) {
      if (this.#view.getInt32(from) !== this.#seenView.getInt32(at)) return false;
    }
    for (; at < end; at++) if (known[from++] !== bytes[at]) return false;
    return true;
  }

  /** Four bytes at a time take a fourth of the time. */
  #viewOf(bytes: Uint8Array): DataView {
    if (bytes !== this.#seen) {
      this.#seen = bytes;
      this.#seenView = viewOn(bytes);
    }
    return this.#seenView;
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number, place: number): number {
    const code = this.size++;
    const from = this.#ends[code] ?? 0;
    const to = from + end - start;
    if (to > this.#bytes.length) {
      this.#bytes = larger(this.#bytes, Uint8Array, to);
      this.#view = viewOn(this.#bytes);
    }
    this.#bytes.set(bytes.subarray(start, end), from);
    if (code + 2 > this.#ends.length) {
      this.#ends = larger(this.#ends, Int32Array, code + 2);
      this.#hashes = larger(this.#hashes, Int32Array, code + 2);
    }
    this.#ends[code + 1] = to;
    this.#hashes[code] = hash;
    this.#table[place] = code + 1;
    if (2 * this.size > this.#table.length) this.#spread();
    return code;
  }

  #spread(): void {
    const table = new Int32Array(2 * this.#table.length);
    const mask = table.length - 1;
    for (let code = 0; code < this.size; code++) {
      let place = (this.#hashes[code] ?? 0) & mask;
      while (table[place] !== 0) place = (place + 1) & mask;
      table[place] = code + 1;
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
