// From the pages of a column to its numbers and words: each entry of a dictionary is read once, and numbers that lie in a
// page as they are are copied.

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

  /** @throws RangeError where there are more rows than places */
  put({ rows, values, dictionary, levels }: Page): void {
    const own = this.#into.subarray(this.#rows, this.#rows + rows);
    if (own.length < rows) throw new RangeError("there are more rows than it says");
    this.#rows += rows;
    if (dictionary === null) {
      const read = readNumbers(values, this.#kind);
      if (levels === null) own.set(read.numbers.subarray(0, rows));
      else spread(read.numbers, levels, own);
      if (read.inexact !== null) for (const one of read.inexact) this.#lost += one;
      return;
    }
    if (this.#dictionary.of !== dictionary) this.#dictionary = readNumbers(dictionary, this.#kind);
    const { numbers, inexact } = this.#dictionary;
    let next = 0;
    for (let row = 0; row < rows; row++) {
      if (levels !== null && levels[row] === 0) {
        own[row] = Number.NaN;
        continue;
      }
      const place = placeOf(values, next++, numbers.length);
      own[row] = numbers[place] ?? Number.NaN;
      if (inexact !== null) this.#lost += inexact[place] ?? 0;
    }
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

/** Into the places where there is a value. */
function spread(numbers: ReadNumbers["numbers"], levels: readonly number[], into: Float64Array): void {
  let next = 0;
  for (let row = 0; row < into.length; row++)
    into[row] = levels[row] === 0 ? Number.NaN : (numbers[next++] ?? Number.NaN);
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
      else {
        const place = placeOf(values, next++, dictionary.length);
        let code = this.#codes[place] ?? -1;
        if (code < 0) {
          code = cells.codeOf(dictionary[place], read);
          this.#codes[place] = code;
        }
        cells.putCode(code);
      }
    }
  }
}

/** @throws RangeError where the dictionary ends before it */
function placeOf(places: DecodedArray, index: number, length: number): number {
  const place = Number(places[index]);
  if (!(place < length)) throw new RangeError("a page speaks of what its dictionary does not have");
  return place;
}
