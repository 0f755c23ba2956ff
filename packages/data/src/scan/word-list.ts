// The different values of a column, as bytes, each with a number: the place at which it was first seen.

import { int32At } from "@netwright/definitions";
import { requireRoom, TooManyWords } from "./heap-room.ts";
import { textOfBytes } from "./text-of-bytes.ts";

const MOST_BYTES = 2 ** 31 - 1;
const MOST_WORDS = 2 ** 27 - 1;

/** Bytes of a word that are its key as they are; of a longer one the key is its hash, its place and its length. */
const SHORT = 12;
/** In place of the length of a longer one. */
const LONG = 15;

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
  /**
   * An open hash table with four numbers a place: the key of a word, and its number, one more, with its length in the last
   * four bits; 0 is an empty place. With what tells words apart side by side, one look into far memory finds one of
   * thousands.
   */
  #table = new Int32Array(4 * 128);

  /** The number of the word that the bytes from `start` to `end` are; a new one if it was not seen before. */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    const code = new Int32Array(1);
    this.codesOf(bytes, Int32Array.of(start), Int32Array.of(end), 0, 1, code);
    return int32At(code, 0);
  }

  /** The same of as many words as fit into `codes`: every `step`-th of the lists, from `first` on. */
  codesOf(
    bytes: Uint8Array,
    starts: Int32Array,
    ends: Int32Array,
    first: number,
    step: number,
    codes: Int32Array,
  ): void {
    if (bytes !== this.#seen) {
      this.#seen = bytes;
      this.#seenView = viewOn(bytes);
    }
    const view = this.#seenView;
    let table = this.#table;
    for (let i = 0, at = first; i < codes.length; i++, at += step) {
      const start = int32At(starts, at);
      const end = int32At(ends, at);
      const length = end - start;
      if (length > SHORT) {
        codes[i] = this.#longCode(bytes, start, end);
        table = this.#table;
        continue;
      }
      // Where less than 4 bytes are left, the last 4 say as much beside the length.
      let a = 0;
      let b = 0;
      let c = 0;
      if (length < 4) for (let byte = start; byte < end; byte++) a = (a << 8) | (bytes[byte] ?? 0);
      else {
        a = view.getInt32(start, true);
        b = view.getInt32(end - 4, true);
        if (length > 8) c = view.getInt32(start + 4, true);
      }
      const mask = table.length - 4;
      let place = (hashOf(a, b, c, length) << 2) & mask;
      let own = int32At(table, place + 3);
      while (
        own !== 0 &&
        (table[place] !== a || table[place + 1] !== b || table[place + 2] !== c || (own & LONG) !== length)
      ) {
        place = (place + 4) & mask;
        own = int32At(table, place + 3);
      }
      if (own !== 0) codes[i] = (own >>> 4) - 1;
      else {
        codes[i] = this.#add(bytes, start, end, place, [a, b, c, length]);
        table = this.#table;
      }
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

  #longCode(bytes: Uint8Array, start: number, end: number): number {
    const view = this.#seenView;
    const length = end - start;
    const fours = end - 3;
    let hash = length;
    let at = start;
    for (; at < fours; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    hash ^= hash >>> 13;
    const table = this.#table;
    const mask = table.length - 4;
    for (let place = (hash << 2) & mask; ; place = (place + 4) & mask) {
      const own = int32At(table, place + 3);
      if (own === 0)
        return this.#add(bytes, start, end, place, [hash, int32At(this.#ends, this.size), length, LONG]);
      if (table[place] !== hash || table[place + 2] !== length || (own & LONG) !== LONG) continue;
      let from = int32At(table, place + 1);
      for (at = start; at < fours && this.#view.getInt32(from, true) === view.getInt32(at, true); at += 4)
        from += 4;
      if (at < fours) continue;
      while (at < end && this.#bytes[from] === bytes[at]) {
        from++;
        at++;
      }
      if (at === end) return (own >>> 4) - 1;
    }
  }

  #add(
    bytes: Uint8Array,
    start: number,
    end: number,
    place: number,
    [a, b, c, tag]: readonly [number, number, number, number],
  ): number {
    const code = this.size++;
    const from = this.#ends[code] ?? 0;
    const to = from + end - start;
    // Places are numbers of 32 bits, and those of words of 28.
    if (to > MOST_BYTES || code >= MOST_WORDS) throw new TooManyWords(code, to, MOST_BYTES);
    if (to > this.#bytes.length) {
      this.#bytes = larger(this.#bytes, Uint8Array, to);
      this.#view = viewOn(this.#bytes);
    }
    this.#bytes.set(bytes.subarray(start, end), from);
    if (code + 2 > this.#ends.length) this.#ends = larger(this.#ends, Int32Array, code + 2);
    this.#ends[code + 1] = to;
    this.#table.set([a, b, c, ((code + 1) << 4) | tag], place);
    if (6 * this.size > this.#table.length) this.#spread();
    return code;
  }

  #spread(): void {
    const old = this.#table;
    const table = new Int32Array(2 * old.length);
    const mask = table.length - 4;
    for (let from = 0; from < old.length; from += 4) {
      const own = int32At(old, from + 3);
      if (own === 0) continue;
      const [a, b, c] = [int32At(old, from), int32At(old, from + 1), int32At(old, from + 2)];
      const tag = own & LONG;
      let place = ((tag === LONG ? a : hashOf(a, b, c, tag)) << 2) & mask;
      while (table[place + 3] !== 0) place = (place + 4) & mask;
      table.set([a, b, c, own], place);
    }
    this.#table = table;
  }
}

/** Of a word whose key is its bytes. */
function hashOf(a: number, b: number, c: number, length: number): number {
  const mixed = Math.imul(a ^ length, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  const hash = Math.imul(mixed ^ (mixed >>> 15), 0x27d4eb2f);
  return hash ^ (hash >>> 13);
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
