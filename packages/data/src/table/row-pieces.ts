// Some thousand rows at a time: so many of a column are near to the processor, and are taken back from a disk at once.

import { int32At } from "@netwright/definitions";
import type { NumberColumn, Words } from "./table.ts";

/** Rows of a piece. */
export const PIECE = 1 << 13;

export interface RowPiece {
  /** The place of the first among all. */
  readonly start: number;
  /** Indices in the table: ascending, from `from` on and below `to`. */
  readonly rows: Int32Array;
  /** The same, counted from `from`; until the next piece is asked for. */
  readonly shifted: Int32Array;
  readonly from: number;
  readonly to: number;
}

/** All of `rows`, in their order; those of a piece lie over at most `span` rows of the table, in which there may be others. */
export function* rowPieces(rows: Int32Array, span: number = 8 * PIECE): Generator<RowPiece> {
  const places = new Int32Array(Math.min(PIECE, rows.length));
  for (let start = 0; start < rows.length; ) {
    const from = int32At(rows, start);
    const count = shift(rows.subarray(start, start + PIECE), from, span, places);
    const own = rows.subarray(start, start + count);
    yield { start, rows: own, shifted: places.subarray(0, count), from, to: int32At(own, count - 1) + 1 };
    start += count;
  }
}

/** How many of them are ascending and within the span. */
function shift(rows: Int32Array, from: number, span: number, into: Int32Array): number {
  let before = -1;
  for (let i = 0; i < rows.length; i++) {
    const place = int32At(rows, i) - from;
    if (place <= before || place >= span) return i;
    into[i] = place;
    before = place;
  }
  return rows.length;
}

interface Part<T> {
  /** The place of its first row among all. */
  readonly start: number;
  readonly values: T;
  /** Where in `values` each row is; until the next part is asked for. */
  readonly places: Int32Array;
}

/** The values of a column in those rows, NaN where one is missing. */
export function numberParts(column: NumberColumn, rows: Int32Array): Iterable<Part<Float64Array>> {
  return column.between === undefined ? parts(column.values, rows) : partsBetween(column.between, rows);
}

/** The same of the places of words. */
export function codeParts(column: Words, rows: Int32Array): Iterable<Part<Int32Array>> {
  return column.between === undefined ? parts(column.codes, rows) : partsBetween(column.between, rows);
}

function* parts<T>(values: T, rows: Int32Array): Generator<Part<T>> {
  for (let start = 0; start < rows.length; start += PIECE)
    yield { start, values, places: rows.subarray(start, start + PIECE) };
}

function* partsBetween<T>(between: (start: number, end: number) => T, rows: Int32Array): Generator<Part<T>> {
  for (const { start, shifted, from, to } of rowPieces(rows))
    yield { start, values: between(from, to), places: shifted };
}
