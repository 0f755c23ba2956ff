// What the scanner of a table takes and gives.

/** What decides where a record and a value end. */
export interface Marks {
  /** A blank stands for any number of blanks and tabs. */
  readonly separator: string;
  readonly quote: string;
}

/** One record; the same object for all of them. */
export interface Fields {
  bytes: Uint8Array;
  count: number;
  /** Value i is made of the bytes from `starts[i]` to `ends[i]`. */
  starts: Int32Array;
  ends: Int32Array;
  /** The number that value i is, in a column of numbers; NaN where it was not read as one, or is no plain one. */
  numbers: Float64Array;
  /** Of the file, counted from 1. */
  line: number;
  /** The first quotation mark that is never closed, or behind which a value goes on. */
  fault: "unclosed" | "trailing" | null;
}

/** Columns whose values are read as numbers on the way to their ends. */
export interface NumberColumns {
  /** 1 for each of them. */
  readonly columns: Uint8Array;
  readonly point: string;
}

export const NO_NUMBERS: NumberColumns = { columns: new Uint8Array(0), point: "." };

/** Takes one record; `false` ends the scan. */
export type TakeRecord = (fields: Fields) => boolean;
