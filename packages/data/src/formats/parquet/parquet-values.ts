// From the pages of a column to its numbers and words: each entry of a dictionary is read once, and numbers that lie in a
// page as they are are copied.

import { int32At } from "@netwright/definitions";
import type { DecodedArray } from "hyparquet";
import type { WordCells } from "../word-cells.ts";
import type { ParquetKind } from "./parquet-kind.ts";
import type { Page } from "./parquet-pages.ts";

type NumberKind = Extract<ParquetKind, { readonly kind: "number" }>;
type WordKind = Extract<ParquetKind, { readonly kind: "word" }>;

/** Numbers that were read, and those among them that are not exact; `null` where all are. */
interface ReadNumbers {
  readonly of: DecodedArray | null;
  readonly numbers: Float64Array | Float32Array | Int32Array;
  readonly inexact: Uint8Array | null;
}

const NONE: ReadNumbers = { of: null, numbers: new Float64Array(0), inexact: null };

export class NumberPages {
  readonly #kind: NumberKind;
  readonly #into: Float64Array;
  #rows = 0;
  #lost = 0;
  #dictionary = NONE;

  /** `into` is filled with the values, NaN where one is missing. */
  constructor(kind: NumberKind, into: Float64Array) {
    this.#kind = kind;
    this.#into = into;
  }

  /** How many values are not exact. */
  get lost(): number {
    return this.#lost;
  }

  /** @throws RangeError where there are more rows than places, or a dictionary does not have what a page speaks of */
  put({ rows, values, dictionary, levels }: Page): void {
    const own = this.#into.subarray(this.#rows, this.#rows + rows);
    if (own.length < rows) throw new RangeError("there are more rows than it says");
    this.#rows += rows;
    // Where some have no value, the others are moved to their places once they are there.
    const there = own.subarray(0, values.length);
    if (dictionary === null) {
      const { numbers, inexact } = readNumbers(values, this.#kind);
      there.set(numbers.subarray(0, there.length));
      if (inexact !== null) this.#lost += inexact.reduce((sum, one) => sum + one, 0);
    } else {
      if (this.#dictionary.of !== dictionary) this.#dictionary = readNumbers(dictionary, this.#kind);
      const { numbers, inexact } = this.#dictionary;
      const places = placesOf(values);
      takeNumbers(numbers, places, there);
      if (inexact !== null) for (const place of places) this.#lost += inexact[place] ?? 0;
    }
    if (levels !== null) spread(own, values.length, levels);
  }
}

function readNumbers(values: DecodedArray, { read, exact, asItLies }: NumberKind): ReadNumbers {
  const lie =
    values instanceof Float64Array || values instanceof Float32Array || values instanceof Int32Array;
  if (lie && asItLies === true) return { of: values, numbers: values, inexact: null };
  const numbers = new Float64Array(values.length);
  const inexact = exact === undefined ? null : new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    numbers[i] = read(value);
    if (inexact !== null && exact?.(value) === false) inexact[i] = 1;
  }
  return { of: values, numbers, inexact };
}

function takeNumbers(numbers: ReadNumbers["numbers"], places: Int32Array, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) {
    const number = numbers[int32At(places, i)];
    if (number === undefined) throw notThere();
    into[i] = number;
  }
}

/** The first `count` numbers to the rows that have one, from behind, so that none is written over before it is moved. */
function spread(into: Float64Array, count: number, levels: ArrayLike<number>): void {
  let next = count;
  for (let row = into.length - 1; row >= 0; row--)
    into[row] = levels[row] === 0 || next === 0 ? Number.NaN : (into[--next] ?? Number.NaN);
}

export class WordPages {
  readonly #kind: WordKind;
  readonly #cells: WordCells;
  #dictionary: DecodedArray | null = null;
  /** Of each entry of the dictionary the number of its word, -1 before the first row has it. */
  #codes = new Int32Array(0);

  constructor(kind: WordKind, cells: WordCells) {
    this.#kind = kind;
    this.#cells = cells;
  }

  /** @throws RangeError where a dictionary does not have what the page speaks of */
  put({ rows, values, dictionary, levels }: Page): void {
    const { read } = this.#kind;
    const cells = this.#cells;
    if (dictionary !== null && this.#dictionary !== dictionary) {
      this.#dictionary = dictionary;
      this.#codes = new Int32Array(dictionary.length).fill(-1);
    }
    let next = 0;
    for (let row = 0; row < rows; row++) {
      if (levels !== null && levels[row] === 0) cells.put(null, read);
      else if (dictionary === null) cells.put(values[next++], read);
      else cells.putCode(this.#codeAt(dictionary, Number(values[next++])));
    }
  }

  #codeAt(dictionary: DecodedArray, place: number): number {
    const known = this.#codes[place];
    if (known === undefined) throw notThere();
    if (known >= 0) return known;
    const code = this.#cells.codeOf(dictionary[place], this.#kind.read);
    this.#codes[place] = code;
    return code;
  }
}

function placesOf(values: DecodedArray): Int32Array {
  return values instanceof Int32Array ? values : Int32Array.from(values, Number);
}

function notThere(): RangeError {
  return new RangeError("a page speaks of what its dictionary does not have");
}
