// A growing buffer with WebAssembly's number encodings: LEB128 for integers, little endian for floats.
// The builders of this folder write through it; nothing here knows what the bytes mean.

import { at } from "@netwright/ir";

/** Of the longest LEB128 number of 32 bits. */
const OPEN_BYTES = 5;

/** Its fields are `private` and not `#` for the reason that `OperandStack` has. */
export class ByteWriter {
  private buffer: Uint8Array<ArrayBuffer>;
  /** Of `buffer`: to ask that for its length takes longer than to write a byte. */
  private capacity: number;
  private end = 0;

  constructor(capacity = 1024) {
    this.buffer = new Uint8Array(capacity);
    this.capacity = capacity;
  }

  /** Back to nothing; what `view` has given is lost. */
  clear(): void {
    this.end = 0;
  }

  get length(): number {
    return this.end;
  }

  private reserve(count: number): void {
    const needed = this.end + count;
    if (needed <= this.capacity) return;
    this.capacity = Math.max(needed, this.capacity * 2);
    const grown = new Uint8Array(this.capacity);
    grown.set(this.buffer);
    this.buffer = grown;
  }

  byte(value: number): void {
    if (this.end === this.capacity) this.reserve(1);
    this.buffer[this.end++] = value;
  }

  /** A byte and an unsigned LEB128 number, as most instructions are. */
  byteAndU32(value: number, number: number): void {
    if (this.end + 2 > this.capacity) this.reserve(2);
    this.buffer[this.end++] = value;
    if (number > 127) this.u32(number);
    else this.buffer[this.end++] = number;
  }

  /** Its one byte, or the byte of its prefix and its number, which has no more than 14 bits: see `Instruction`. */
  instruction(code: number): void {
    if (this.end + 3 > this.capacity) this.reserve(3);
    const { buffer } = this;
    if (code <= 0xff) {
      buffer[this.end++] = code;
      return;
    }
    buffer[this.end++] = code >>> 16;
    if ((code & 0xff80) !== 0) buffer[this.end++] = (code & 127) | 128;
    buffer[this.end++] = (code & 0xff80) === 0 ? code & 127 : (code >>> 7) & 127;
  }

  /** A byte and a signed LEB128 number. */
  byteAndS32(value: number, number: number): void {
    if (this.end + 2 > this.capacity) this.reserve(2);
    this.buffer[this.end++] = value;
    if (number < -64 || number > 63) this.s32(number);
    else this.buffer[this.end++] = number & 127;
  }

  /** An instruction, a byte and an unsigned LEB128 number. */
  access(code: number, align: number, offset: number): void {
    this.instruction(code);
    this.byteAndU32(align, offset);
  }

  /** 32 bits, the lowest byte first. */
  word(bits: number): void {
    if (this.end + 4 > this.capacity) this.reserve(4);
    const { buffer, end } = this;
    buffer[end] = bits;
    buffer[end + 1] = bits >>> 8;
    buffer[end + 2] = bits >>> 16;
    buffer[end + 3] = bits >>> 24;
    this.end = end + 4;
  }

  /** Room for a number that is put in later. */
  openNumber(): void {
    if (this.end + OPEN_BYTES > this.capacity) this.reserve(OPEN_BYTES);
    this.end += OPEN_BYTES;
  }

  /** Puts a number into the room that begins there, as long as that is. */
  putNumber(start: number, value: number, signed: boolean): void {
    const { buffer } = this;
    buffer[start] = value | 128;
    buffer[start + 1] = (value >>> 7) | 128;
    buffer[start + 2] = (value >>> 14) | 128;
    buffer[start + 3] = (value >>> 21) | 128;
    buffer[start + 4] = signed ? (value >> 28) & 127 : value >>> 28;
  }

  bytes(values: ArrayLike<number>): void {
    this.reserve(values.length);
    this.buffer.set(values, this.end);
    this.end += values.length;
  }

  /** The bytes from `start` up to below `end` another time. */
  again(start: number, end: number): void {
    const count = end - start;
    this.reserve(count);
    this.buffer.copyWithin(this.end, start, end);
    this.end += count;
  }

  /** How many bytes the LEB128 number has that begins there. */
  lengthAt(start: number): number {
    let end = start;
    while (at(this.buffer, end) > 127) end++;
    return end + 1 - start;
  }

  /** Unsigned LEB128 of an integer from 0 to 2^32 - 1. */
  u32(value: number): void {
    if (this.end + 5 > this.capacity) this.reserve(5);
    let rest = value >>> 0;
    for (; rest > 127; rest >>>= 7) this.buffer[this.end++] = (rest & 127) | 128;
    this.buffer[this.end++] = rest;
  }

  /** Signed LEB128 of an i32; numbers from 2^31 to 2^32 - 1 are taken as the i32 of the same bits. */
  s32(value: number): void {
    if (this.end + 5 > this.capacity) this.reserve(5);
    let rest = value | 0;
    for (; rest < -64 || rest > 63; rest >>= 7) this.buffer[this.end++] = (rest & 127) | 128;
    this.buffer[this.end++] = rest & 127;
  }

  /** Signed LEB128 of an i64. */
  s64(value: bigint): void {
    let rest = BigInt.asIntN(64, value);
    while (rest < -64n || rest > 63n) {
      this.byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.byte(Number(rest & 127n));
  }

  f32(value: number): void {
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, value, true);
    this.bytes(new Uint8Array(view.buffer));
  }

  f64(value: number): void {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value, true);
    this.bytes(new Uint8Array(view.buffer));
  }

  /** A name: its length in bytes, then UTF-8. Names in a module are ASCII here. */
  name(text: string): void {
    this.u32(text.length);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) throw new Error(`names in a module are ASCII, got "${text}"`);
      this.byte(code);
    }
  }

  /** Another writer's bytes with their length in front. */
  sized(content: ByteWriter): void {
    this.u32(content.length);
    this.bytes(content.view());
  }

  /** The bytes so far, without a copy; stale after the next write. */
  view(): Uint8Array {
    return this.buffer.subarray(0, this.end);
  }
}
