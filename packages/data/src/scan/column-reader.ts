// What is kept of one column while the rows of a table go by: numbers, or the number of each word in a list of them.
// Numbers are the quick way, which needs no texts; a column that turns out to hold words is read again as such.

import { float64At, int32At } from "@netwright/definitions";
import type { BytesOnDisk } from "../storage/storage.ts";
import { StoredNumbers } from "../storage/stored-numbers.ts";
import { isCodeIn, isWholeIn, losesDigits } from "../table/codes.ts";
import { type CellValue, type NumberFormat, numberReader, sentinelsOf } from "../table/number-text.ts";
import { decimalOf } from "./decimal.ts";
import type { Fields } from "./fields.ts";
import { isBlankText } from "./text-of-bytes.ts";
import { larger, WordList } from "./word-list.ts";

export interface NumberCells {
  readonly kind: "numbers";
  readonly rows: number;
  /** NaN where a value is missing, or is text. */
  readonly values: Float64Array;
  readonly missing: Uint8Array;
  /** How many values are missing. */
  readonly gaps: number;
  /** How many values are whole numbers of more digits than are exact. */
  readonly lost: number;
  /** Rows with text in them, from 0: a column with some is none of numbers. At most a few; then the rest is not kept. */
  readonly textRows: readonly number[];
  /** Where the values lie, if not here: those in memory are none. */
  readonly stored?: StoredNumbers<Float64Array>;
}

export interface WordCells {
  readonly kind: "words";
  readonly rows: number;
  /** Of the word of each row. */
  readonly codes: Int32Array;
  /** Each once, as it stands in the file. */
  readonly words: readonly string[];
  /** Whether all rows that were read are among these, so that each word is that of one of them. */
  readonly all: boolean;
  /** Where the numbers lie, if not here. */
  readonly stored?: StoredNumbers<Int32Array>;
}

export interface ColumnReader {
  /** Takes the values of the next `rows`: every `step`-th of the lists, from `first` on. */
  put(fields: Fields, first: number, step: number, rows: number): void;
  /** Whether anything but blanks has been there. */
  readonly filled: boolean;
  /** What was read of the first `rows`. */
  cells(rows: number): NumberCells | WordCells;
}

/** As many rows with text as decide that a column is one of words, whatever rows are left out later. */
const ENOUGH_TEXT = 1000;

export class NumberReader implements ColumnReader {
  /** Whether there was a word for a missing value. */
  #worded = false;
  #row = 0;
  #values: Float64Array;
  #missing: Uint8Array;
  #gaps = 0;
  #lost = 0;
  readonly #point: number;
  readonly #textRows: number[] = [];
  /** What is no plain number: known by its bytes after the first time. */
  readonly #others = new WordList();
  readonly #meanings: CellValue[] = [];
  readonly #read: (text: string) => CellValue;
  readonly #sentinels: ReadonlySet<number> | null;
  readonly #stored: StoredNumbers<Float64Array> | null;

  /** `capacity` rows are expected; on a disk where one is given. */
  constructor(format: NumberFormat, capacity: number, disk: BytesOnDisk | null = null) {
    this.#stored = disk === null ? null : new StoredNumbers(disk, Float64Array);
    this.#values = new Float64Array(disk === null ? capacity : 0);
    this.#missing = new Uint8Array(this.#values.length);
    this.#point = format.decimal.charCodeAt(0);
    this.#read = numberReader(format);
    const sentinels = sentinelsOf(format);
    this.#sentinels = sentinels.size === 0 ? null : sentinels;
  }

  put(fields: Fields, first: number, step: number, rows: number): void {
    const { numbers } = fields;
    const start = this.#row;
    const end = start + rows;
    const stored = this.#stored;
    if (stored === null && end > this.#values.length) {
      this.#values = larger(this.#values, Float64Array, end);
      this.#missing = larger(this.#missing, Uint8Array, this.#values.length);
    }
    const values = stored === null ? this.#values.subarray(start, end) : new Float64Array(rows);
    const isPlain = this.#sentinels === null;
    for (let i = 0, place = first; i < rows; i++, place += step) {
      const value = float64At(numbers, place);
      values[i] = isPlain && !Number.isNaN(value) ? value : this.#odd(fields, place, start + i, value);
    }
    this.#row = end;
    stored?.pushAll(values);
  }

  /** What is no plain number, or may stand for a missing one. */
  #odd(fields: Fields, place: number, row: number, value: number): number {
    return Number.isNaN(value) ? this.#other(fields, place, row) : this.#unlessSentinel(value, row);
  }

  get filled(): boolean {
    return this.#worded || this.#row > this.#gaps;
  }

  cells(rows: number): NumberCells {
    return {
      kind: "numbers",
      rows,
      values: this.#values.subarray(0, rows),
      missing: this.#missing.subarray(0, rows),
      // In a table of one column, blank lines at its end are no rows.
      gaps:
        rows === this.#row || this.#stored !== null ? this.#gaps : countOnes(this.#missing.subarray(0, rows)),
      lost: this.#lost,
      textRows: this.#textRows,
      ...(this.#stored === null ? {} : { stored: this.#stored }),
    };
  }

  #setMissing(row: number): void {
    this.#missing[row] = 1;
    this.#gaps++;
  }

  #unlessSentinel(value: number, row: number): number {
    if (this.#sentinels?.has(value) !== true) return value;
    this.#worded = true;
    this.#setMissing(row);
    return Number.NaN;
  }

  #other({ bytes, starts, ends }: Fields, place: number, row: number): number {
    let from = starts[place] ?? 0;
    let to = ends[place] ?? 0;
    while (from < to && isBlankByte(bytes[from])) from++;
    while (to > from && isBlankByte(bytes[to - 1])) to--;
    if (isCodeIn(bytes, from, to)) {
      if (this.#textRows.length < ENOUGH_TEXT) this.#textRows.push(row);
      return Number.NaN;
    }
    const value = decimalOf(bytes, from, to, this.#point);
    if (losesDigits(value) && isWholeIn(bytes, from, to) && this.#sentinels?.has(value) !== true)
      this.#lost++;
    if (!Number.isNaN(value)) return this.#sentinels === null ? value : this.#unlessSentinel(value, row);
    if (isBlankText(bytes, from, to)) {
      this.#setMissing(row);
      return Number.NaN;
    }
    if (this.#textRows.length >= ENOUGH_TEXT) return Number.NaN;
    const code = this.#others.codeOf(bytes, from, to);
    const meaning = this.#meanings[code] ?? this.#read(this.#others.text(code));
    this.#meanings[code] = meaning;
    if (typeof meaning === "number") return meaning;
    if (meaning === "text") this.#textRows.push(row);
    else {
      this.#worded = true;
      this.#setMissing(row);
    }
    return Number.NaN;
  }
}

export class WordReader implements ColumnReader {
  filled = false;
  #row = 0;
  #codes: Int32Array;
  readonly #words = new WordList();
  readonly #stored: StoredNumbers<Int32Array> | null;

  /** `capacity` rows are expected; on a disk where one is given. */
  constructor(capacity: number, disk: BytesOnDisk | null = null) {
    this.#stored = disk === null ? null : new StoredNumbers(disk, Int32Array);
    this.#codes = new Int32Array(disk === null ? capacity : 0);
  }

  put({ bytes, starts, ends }: Fields, first: number, step: number, rows: number): void {
    const start = this.#row;
    const end = start + rows;
    const stored = this.#stored;
    for (let i = 0, place = first; i < rows && !this.filled; i++, place += step)
      this.filled = !isBlankText(bytes, int32At(starts, place), int32At(ends, place));
    if (stored === null && end > this.#codes.length) this.#codes = larger(this.#codes, Int32Array, end);
    const codes = stored === null ? this.#codes.subarray(start, end) : new Int32Array(rows);
    this.#words.codesOf(bytes, starts, ends, first, step, codes);
    this.#row = end;
    stored?.pushAll(codes);
  }

  cells(rows: number): WordCells {
    return {
      kind: "words",
      rows,
      codes: this.#codes.subarray(0, rows),
      words: this.#words.texts(),
      all: rows === this.#row,
      ...(this.#stored === null ? {} : { stored: this.#stored }),
    };
  }
}

/** The two that mostly stand around a value. */
function isBlankByte(byte: number | undefined): boolean {
  return byte === 32 || byte === 9;
}

/** How many places of a mask are set. */
export function countOnes(mask: Uint8Array): number {
  let ones = 0;
  for (let at = 0; at < mask.length; at++) ones += mask[at] ?? 0;
  return ones;
}
