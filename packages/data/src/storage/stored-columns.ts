// Columns whose values lie on a disk: what is asked of one is the same as of those in memory.

import { int32At } from "@netwright/definitions";
import { gapsIn } from "../table/gaps-in.ts";
import type { Room } from "../table/room.ts";
import type { NumberColumn, TextColumn, Words } from "../table/table.ts";
import type { BytesOnDisk } from "./storage.ts";
import { StoredNumbers } from "./stored-numbers.ts";

/** Rows that are left out of what was stored, ascending; and how many there are with these. */
export interface StoredRows {
  readonly rows: number;
  readonly dropped: readonly number[];
}

export class StoredNumberColumn implements NumberColumn {
  readonly kind = "number";
  readonly name: string;
  readonly gaps: number;
  readonly stored: StoredNumbers<Float64Array>;
  readonly #rows: StoredRows;
  /** What was made of what was taken back, as long as that is kept. */
  readonly #values = new WeakMap<object, Float64Array>();
  readonly #masks = new WeakMap<object, Uint8Array>();

  constructor(name: string, stored: StoredNumbers<Float64Array>, rows: StoredRows, gaps: number | null) {
    this.name = name;
    this.stored = stored;
    this.#rows = rows;
    this.gaps = gaps ?? this.values.reduce((sum, value) => sum + Number(Number.isNaN(value)), 0);
  }

  /** Of rows that are left out, too. */
  get range(): { readonly min: number; readonly max: number } {
    return this.stored.range;
  }

  get values(): Float64Array {
    const all = this.stored.all();
    return madeOnce(this.#values, all, () => kept(all, this.#rows));
  }

  /** Those of rows `start` to `end - 1`, without taking all others back. */
  readonly between = (start: number, end: number, room?: Room<Float64Array>): Float64Array =>
    keptBetween(this.stored, this.#rows, start, end, room);

  /** Whether two rows have the same value, or none: without taking all others back. */
  areEqual(a: number, b: number): boolean {
    const [x, y] = [this.#at(a), this.#at(b)];
    return x === y || (Number.isNaN(x) && Number.isNaN(y));
  }

  #at(row: number): number {
    return this.#rows.dropped.length === 0 ? this.stored.at(row) : (this.values[row] ?? Number.NaN);
  }

  /** A value that is missing is NaN, and no other is. */
  get missing(): Uint8Array {
    if (this.gaps === 0) return noneOf(this.#rows.rows - this.#rows.dropped.length);
    return madeOnce(this.#masks, this.stored.all(), () => {
      const { values } = this;
      const mask = new Uint8Array(values.length);
      // `from` would list all values as objects first.
      for (let row = 0; row < mask.length; row++) if (Number.isNaN(values[row])) mask[row] = 1;
      return mask;
    });
  }
}

export class StoredWords implements Words {
  readonly words: readonly string[];
  readonly stored: StoredNumbers<Int32Array>;
  readonly #rows: StoredRows;
  /** For each number that is stored the place of its word; `null` where they are the same. */
  readonly #places: Int32Array | null;
  readonly #codes = new WeakMap<object, Int32Array>();

  constructor(
    stored: StoredNumbers<Int32Array>,
    rows: StoredRows,
    words: readonly string[],
    places: Int32Array | null = null,
  ) {
    this.stored = stored;
    this.words = words;
    this.#rows = rows;
    this.#places = places;
  }

  get codes(): Int32Array {
    const all = this.stored.all();
    return madeOnce(this.#codes, all, () => {
      const own = kept(all, this.#rows);
      const places = this.#places;
      return places === null ? own : own.map((code) => places[code] ?? -1);
    });
  }

  /** Of rows `start` to `end - 1`, without taking all others back. */
  readonly between = (start: number, end: number, room?: Room<Int32Array>): Int32Array => {
    const places = this.#places;
    const own = keptBetween(this.stored, this.#rows, start, end, room);
    if (places !== null) for (let i = 0; i < own.length; i++) own[i] = places[int32At(own, i)] ?? -1;
    return own;
  };

  /** Of one row, without taking all others back. */
  codeAt(row: number): number {
    if (this.#rows.dropped.length > 0) return this.codes[row] ?? -1;
    const code = this.stored.at(row);
    return this.#places === null ? code : (this.#places[code] ?? -1);
  }

  /** With other words: `places` has for each of these the one that it becomes. */
  renamed(places: Int32Array, words: readonly string[]): StoredWords {
    const own = this.#places;
    const all = own === null ? places : own.map((place) => places[place] ?? -1);
    return new StoredWords(this.stored, this.#rows, words, all);
  }

  column(name: string): TextColumn {
    return new StoredTextColumn(name, this);
  }
}

export class StoredTextColumn implements TextColumn {
  readonly kind = "text";
  readonly name: string;
  readonly gaps: number;
  readonly source: StoredWords;

  constructor(name: string, source: StoredWords) {
    this.name = name;
    this.source = source;
    this.gaps = gapsIn(source);
  }

  get codes(): Int32Array {
    return this.source.codes;
  }

  get between(): StoredWords["between"] {
    return this.source.between;
  }

  /** Whether two rows have the same word. */
  areEqual(a: number, b: number): boolean {
    return this.source.codeAt(a) === this.source.codeAt(b);
  }

  get words(): readonly string[] {
    return this.source.words;
  }
}

let zeros = new Uint8Array(0);

/** A mask of which nothing is set: one for all columns of a table, as a mask is not written to once it is there. */
function noneOf(rows: number): Uint8Array {
  if (zeros.length !== rows) zeros = new Uint8Array(rows);
  return zeros;
}

function kept<T extends Float64Array | Int32Array>(all: T, { rows, dropped }: StoredRows): T {
  const own = all.length === rows ? all : (all.subarray(0, rows) as T);
  return without(own, dropped, 0);
}

function keptBetween<T extends Float64Array | Int32Array>(
  stored: StoredNumbers<T>,
  { dropped }: StoredRows,
  start: number,
  end: number,
  room?: Room<T>,
): T {
  const from = placeOf(start, dropped);
  const to = start < end ? placeOf(end - 1, dropped) + 1 : from;
  return without(stored.slice(from, to, room), dropped, from);
}

/** Where a row lies among those that were stored. */
function placeOf(row: number, dropped: readonly number[]): number {
  let place = row;
  for (const left of dropped) if (left <= place) place++;
  return place;
}

/** `values` are those from row `from` on. */
function without<T extends Float64Array | Int32Array>(
  values: T,
  dropped: readonly number[],
  from: number,
): T {
  if (dropped.length === 0) return values;
  const left = new Set(dropped);
  return values.filter((_, i) => !left.has(from + i)) as T;
}

function madeOnce<T>(known: WeakMap<object, T>, of: object, make: () => T): T {
  const before = known.get(of);
  if (before !== undefined) return before;
  const made = make();
  known.set(of, made);
  return made;
}

/** A column of numbers, NaN where one is missing, put on the disk: whether one is missing need not be marked besides. */
export function storedNumberColumn(name: string, values: Float64Array, disk: BytesOnDisk): NumberColumn {
  const stored = new StoredNumbers<Float64Array>(disk, Float64Array);
  stored.pushAll(values);
  return new StoredNumberColumn(name, stored, { rows: values.length, dropped: [] }, stored.gaps);
}

/** A column of words, put on the disk. */
export function storedTextColumn(column: TextColumn, disk: BytesOnDisk): TextColumn {
  const stored = new StoredNumbers<Int32Array>(disk, Int32Array);
  stored.pushAll(column.codes);
  const rows = { rows: column.codes.length, dropped: [] };
  return new StoredTextColumn(column.name, new StoredWords(stored, rows, column.words));
}
