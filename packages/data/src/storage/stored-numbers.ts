// Numbers of one type that lie on a disk, in the order in which they came. They are taken back whole, as columns are worked on
// one after the other, or some of them.

import type { BytesOnDisk } from "./storage.ts";

type Numbers = Float64Array | Float32Array | Int32Array;
type NumbersOf<T extends Numbers> = new (length: number) => T;

/** Numbers that are written at once. */
const PIECE = 1 << 13;

/** The array that was taken back last, of all that lie on one disk: who works on a column asks for it many times. */
const last = new WeakMap<BytesOnDisk, { readonly of: object; readonly array: Numbers }>();

export class StoredNumbers<T extends Numbers> {
  readonly #disk: BytesOnDisk;
  readonly #make: NumbersOf<T>;
  /** Where each whole piece lies. */
  readonly #places: number[] = [];
  #piece: T;
  #inPiece = 0;

  constructor(disk: BytesOnDisk, make: NumbersOf<T>) {
    this.#disk = disk;
    this.#make = make;
    this.#piece = new make(PIECE);
  }

  get length(): number {
    return this.#places.length * PIECE + this.#inPiece;
  }

  push(value: number): void {
    this.#piece[this.#inPiece++] = value;
    if (this.#inPiece === PIECE) this.#write();
  }

  pushAll(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) this.push(values[i] ?? 0);
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
    const kept = last.get(this.#disk);
    if (kept?.of === this) return kept.array[index] ?? 0;
    return this.slice(index, index + 1)[0] ?? 0;
  }

  /** Those from `start` up to `end`. */
  slice(start: number, end: number): T {
    const array = new this.#make(end - start);
    const size = array.BYTES_PER_ELEMENT;
    for (let at = start; at < end; ) {
      const piece = Math.floor(at / PIECE);
      const from = at - piece * PIECE;
      const count = Math.min(PIECE - from, end - at);
      const place = this.#places[piece];
      if (place === undefined) array.set(this.#piece.subarray(from, from + count), at - start);
      else
        this.#disk.read(place + from * size, new Uint8Array(array.buffer, (at - start) * size, count * size));
      at += count;
    }
    return array;
  }

  #write(): void {
    const { buffer, byteOffset, byteLength } = this.#piece;
    this.#places.push(this.#disk.append(new Uint8Array(buffer, byteOffset, byteLength)));
    this.#inPiece = 0;
  }
}
