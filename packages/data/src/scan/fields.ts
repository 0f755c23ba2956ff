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
  /**
   * Where the values of the record begin in the lists. Who takes it may move this behind them: then they stay, up to the
   * call of `parted`. Else they make room for those of the next record, and it is 0.
   */
  from: number;
  count: number;
  /** Value i of the record is made of the bytes from `starts[from + i]` to `ends[from + i]`. */
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

/** Called before the bytes of the records so far give way to others. */
export type Parted = () => void;
