// Numbers of one type that lie on a disk, in the order in which they came. They are taken back whole, as columns are worked on
// one after the other, or some of them.

import { at, float64At } from "@netwright/definitions";
import type { Room } from "../table/room.ts";
import type { BytesOnDisk } from "./storage.ts";

type Numbers = Float64Array | Float32Array | Int32Array;
type NumbersOf<T extends Numbers> = new (length: number) => T;

/** Numbers that lie side by side. */
const PIECE = 1 << 13;
/** Numbers that are written at once. */
const MOST = 1 << 17;

/** The array that was taken back last, of all that lie on one disk: who works on a column asks for it many times. */
const last = new WeakMap<BytesOnDisk, { readonly of: object; readonly array: Numbers }>();

export class StoredNumbers<T extends Numbers> {
  readonly #disk: BytesOnDisk;
  readonly #make: NumbersOf<T>;
  /** Where each whole piece lies. */
  readonly #places: number[] = [];
  #piece: T;
  #inPiece = 0;
  /** The least, the greatest, and how many are NaN. */
  readonly #seen = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0);

  constructor(disk: BytesOnDisk, make: NumbersOf<T>) {
    this.#disk = disk;
    this.#make = make;
    this.#piece = new make(PIECE);
  }

  get length(): number {
    return this.#places.length * PIECE + this.#inPiece;
  }

  /** Least and greatest of f64, but for NaN. */
  get range(): { readonly min: number; readonly max: number } {
    return { min: float64At(this.#seen, 0), max: float64At(this.#seen, 1) };
  }

  /** How many of f64 are NaN. */
  get gaps(): number {
    return float64At(this.#seen, 2);
  }

  pushAll(values: T): void {
    for (let at = 0; at < values.length; ) {
      const left = values.length - at;
      const isWhole = this.#inPiece === 0 && left >= PIECE;
      const count = isWhole ? Math.min(left - (left % PIECE), MOST) : Math.min(PIECE - this.#inPiece, left);
      const part = values.subarray(at, at + count);
      if (part instanceof Float64Array) look(this.#seen, part);
      // Whole pieces as they lie.
      if (isWhole) this.#write(part);
      else this.#put(part);
      at += count;
    }
  }

  /** As many as are missing in the piece, at most. */
  #put(values: Numbers): void {
    this.#piece.set(values, this.#inPiece);
    this.#inPiece += values.length;
    if (this.#inPiece < PIECE) return;
    this.#write(this.#piece);
    this.#inPiece = 0;
  }

  /** All of them; to be left as they are. */
  all(): T {
    const kept = last.get(this.#disk);
    // One of this object is of its type.
    if (kept?.of === this) return kept.array as T;
    last.delete(this.#disk);
    const array = this.slice(0, this.length);
    last.set(this.#disk, { of: this, array });
    return array;
  }

  at(index: number): number {
    if (!(index >= 0 && index < this.length))
      throw new RangeError(`there is no row ${index} in ${this.length}`);
    const kept = last.get(this.#disk);
    return kept?.of === this ? at(kept.array, index) : at(this.slice(index, index + 1), 0);
  }

  /** Those from `start` up to `end`. */
  slice(start: number, end: number, room: Room<T> = (length) => new this.#make(length)): T {
    const array = room(end - start);
    const size = array.BYTES_PER_ELEMENT;
    for (let at = start; at < end; ) {
      const piece = Math.floor(at / PIECE);
      const from = at - piece * PIECE;
      const place = this.#places[piece];
      const pieces = place === undefined ? 1 : this.#joined(piece, Math.ceil((end - at + from) / PIECE));
      const count = Math.min(pieces * PIECE - from, end - at);
      if (place === undefined) array.set(this.#piece.subarray(from, from + count), at - start);
      else this.#disk.read(place + from * size, bytesOf(array, at - start, count));
      at += count;
    }
    return array;
  }

  /** How many pieces from this one on, of `most`, lie one behind the other, so that one call reads them. */
  #joined(piece: number, most: number): number {
    const first = this.#places[piece] ?? 0;
    const { byteLength } = this.#piece;
    let count = 1;
    while (count < most && this.#places[piece + count] === first + count * byteLength) count++;
    return count;
  }

  /** Whole pieces. */
  #write(values: Numbers): void {
    const place = this.#disk.append(bytesOf(values, 0, values.length));
    for (let at = 0; at < values.length; at += PIECE)
      this.#places.push(place + at * values.BYTES_PER_ELEMENT);
  }
}

function look(seen: Float64Array, values: Float64Array): void {
  let [min, max, gaps] = [float64At(seen, 0), float64At(seen, 1), float64At(seen, 2)];
  for (let i = 0; i < values.length; i++) {
    const x = values[i] ?? Number.NaN;
    // One question for nearly all.
    if (x >= min && x <= max) continue;
    if (x < min) min = x;
    if (x > max) max = x;
    if (Number.isNaN(x)) gaps++;
  }
  seen.set([min, max, gaps]);
}

function bytesOf({ buffer, byteOffset, BYTES_PER_ELEMENT: size }: Numbers, from: number, count: number) {
  return new Uint8Array(buffer, byteOffset + from * size, count * size);
}
