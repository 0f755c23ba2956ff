// A table: named columns of equal length, each of numbers or of text. What the readers return and all else
// in this package takes. Plain data, safe to send between threads.

import { float64At, int32At, quote } from "@netwright/definitions";
import type { Reading } from "./dialect.ts";
import { gatherCodes, gatherNumbers } from "./gather.ts";
import type { NumberFormat } from "./number-text.ts";
import type { Room } from "./room.ts";
import { codeParts, numberParts } from "./row-pieces.ts";

export interface Table {
  /** What to call the table in messages: the file's name, or "input". */
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Line of the file on which each row starts, counted from 1; `null` if the rows came from no file. */
  readonly lines: Int32Array | null;
  /** The files that its rows come from, in order, where there are several; lines are then those of each. */
  readonly files?: readonly FileOfRows[];
  /** The column that says of each row which file it is from; rows that differ in it alone are equal. */
  readonly fileColumn?: string;
  /** How its text was read; absent where the rows came from no text. */
  readonly reading?: Reading;
  /** How its cells were read as numbers. */
  readonly numbers: NumberFormat;
  /** What a first column without a name says of each row: its number, or words. It is no column of the table. */
  readonly rowNames?: readonly string[];
  /** Columns of which some numbers have more digits than are exact, as ids have; absent where none is known of. */
  readonly inexact?: readonly InexactColumn[];
  /** The cells of each column as they stand in the file; only where they were asked for. */
  readonly texts?: readonly Words[];
  /** Where the file has values and no cells, as Parquet and JSON: the texts are those of the values as they were read. */
  readonly textsOfValues?: true;
}

export interface InexactColumn {
  readonly name: string;
  /** How many rows have such a number. */
  readonly rows: number;
}

export interface FileOfRows {
  /** As messages name it. */
  readonly name: string;
  /** What it is called among the files of the table. */
  readonly shortName: string;
  /** Its first row in the table, counted from 0; that of the next file where it has none. */
  readonly firstRow: number;
}

export type Column = NumberColumn | TextColumn;

export interface NumberColumn {
  readonly kind: "number";
  readonly name: string;
  /** One value a row; NaN where it is missing, and nowhere else. */
  readonly values: Float64Array;
  /** 1 where the row has no value. */
  readonly missing: Uint8Array;
  /** How many rows have none. */
  readonly gaps: number;
  /** What no value is less or greater than, where it is known without a look at them. */
  readonly range?: { readonly min: number; readonly max: number };
  /** Of a column that lies on a disk: the values of rows `start` to `end - 1`, where all of them are not needed at once. */
  readonly between?: (start: number, end: number, room?: Room<Float64Array>) => Float64Array;
}

/** One word a row, where many rows have the same. */
export interface Words {
  /** The place in `words` of the word of each row. */
  readonly codes: Int32Array;
  /** Each once, in the order in which they first appear. */
  readonly words: readonly string[];
  /** Of a column that lies on a disk: the places of rows `start` to `end - 1`, where all of them are not needed at once. */
  readonly between?: (start: number, end: number, room?: Room<Int32Array>) => Int32Array;
}

/** A column with at least one value that is not a number. */
export interface TextColumn extends Words {
  readonly kind: "text";
  readonly name: string;
  /** How many rows have no value: their word is "". `NA` and the like stay words; there are no spaces around them. */
  readonly gaps: number;
}

export function wordAt({ codes, words }: Words, row: number): string {
  return words[codes[row] ?? -1] ?? "";
}

/** Whether the row, counted from 0, has no value. */
export function lacksValue(column: Column, row: number): boolean {
  return column.kind === "number" ? column.missing[row] === 1 : wordAt(column, row) === "";
}

/** The values in those rows, NaN where one is missing, to the beginning of `into`. */
export function takeValues(
  column: NumberColumn,
  rows: Int32Array,
  into: Float64Array,
  room?: Room<Float64Array>,
): void {
  for (const part of numberParts(column, rows, room)) gatherNumbers(part, into);
}

/** The values that a column has in those rows, in their order: an array of its own, or of `room`. */
export function presentIn(
  column: NumberColumn,
  rows: Int32Array,
  room: Room<Float64Array> = (length) => new Float64Array(length),
): Float64Array {
  const present = room(rows.length);
  takeValues(column, rows, present);
  return column.gaps === 0 ? present : present.subarray(0, closeUp(present));
}

/** Moves those that are there to the beginning; gives how many there are. */
function closeUp(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = float64At(values, i);
    if (!Number.isNaN(value)) values[count++] = value;
  }
  return count;
}

/** The numbers of the words in some rows. */
export function codesAt(column: Words, rows: Int32Array): Int32Array {
  const own = new Int32Array(rows.length);
  for (const part of codeParts(column, rows)) gatherCodes(part, own);
  return own;
}

/** The same of rows in which there is a word. */
export function presentCodesIn(column: Words, rows: Int32Array): Int32Array {
  const own = codesAt(column, rows);
  const gap = column.words.indexOf("");
  return gap < 0 ? own : own.filter((code) => code !== gap);
}

/** How many of the codes are each word. */
export function timesOf({ codes, words }: Words): Int32Array {
  const times = new Int32Array(words.length);
  for (let i = 0; i < codes.length; i++) {
    const code = int32At(codes, i);
    times[code] = int32At(times, code) + 1;
  }
  return times;
}

/** The words of all rows, in order. */
export function allWords({ codes, words }: Words): string[] {
  return Array.from(codes, (code) => words[code] ?? "");
}

/** The column of that name, or `undefined`. A table may have as many columns as others have rows. */
export function findColumn({ columns }: Table, name: string): Column | undefined {
  const known = byName.get(columns) ?? new Map(columns.map((column) => [column.name, column]));
  byName.set(columns, known);
  return known.get(name);
}

/** Made once for each list of columns, when one of them is first asked for. */
const byName = new WeakMap<readonly Column[], ReadonlyMap<string, Column>>();

export function columnNames(table: Table): string[] {
  return table.columns.map((column) => column.name);
}

/** "row 3 (line 4)": where the row with this index, counted from 0, stands for people. */
export function rowPhrase(table: Table, index: number): string {
  const line = table.lines?.[index];
  const file = table.files?.findLast(({ firstRow }) => firstRow <= index);
  if (file !== undefined) {
    const place = line === undefined ? `row ${index - file.firstRow + 1}` : `line ${line}`;
    return `row ${index + 1} (${place} of ${quote(file.name)})`;
  }
  return line === undefined ? `row ${index + 1}` : `row ${index + 1} (line ${line})`;
}

/** The place of a row for a problem's details. */
export function rowPlace(table: Table, index: number): { row: number; line: number | undefined } {
  return { row: index + 1, line: table.lines?.[index] };
}
