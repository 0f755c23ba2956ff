// Some thousand rows at a time: so many of a column are near to the processor, and are taken back from a disk at once.

import { int32At } from "@netwright/definitions";
import { type Room, roomFor } from "./room.ts";
import type { NumberColumn, Words } from "./table.ts";

/** Rows of a piece. */
export const PIECE = 1 << 13;
/** Rows of the table over which those of a piece lie. */
const SPAN = 8 * PIECE;

export interface RowPiece {
  /** The place of the first among all. */
  readonly start: number;
  /** Indices in the table, from `from` on and below `to`. */
  readonly rows: Int32Array;
  readonly from: number;
  readonly to: number;
}

/**
 * All of `rows`, in their order. Of ascending ones those of a piece lie over at most `span` rows of the table, in which there
 * may be others.
 */
export function* rowPieces(rows: Int32Array, span: number = SPAN): Generator<RowPiece> {
  const ascending = areAscending(rows);
  for (let start = 0; start < rows.length; ) {
    const most = rows.subarray(start, start + PIECE);
    const first = int32At(most, 0);
    const own = ascending ? most.subarray(0, within(most, first + span)) : most;
    const [from, last] = ascending ? [first, int32At(own, own.length - 1)] : ends(own);
    yield { start, rows: own, from, to: last + 1 };
    start += own.length;
  }
}

function ends(rows: Int32Array): readonly [least: number, greatest: number] {
  return [rows.reduce((a, b) => Math.min(a, b)), rows.reduce((a, b) => Math.max(a, b))];
}

/** How many of ascending rows lie below `end`. */
function within(rows: Int32Array, end: number): number {
  let [below, above] = [0, rows.length];
  if (above > 0 && int32At(rows, above - 1) < end) return above;
  while (below < above) {
    const middle = (below + above) >> 1;
    if (int32At(rows, middle) < end) below = middle + 1;
    else above = middle;
  }
  return below;
}

/** Told once for each list of rows, which is asked for with every column. */
const known = new WeakMap<Int32Array, boolean>();

function areAscending(rows: Int32Array): boolean {
  const before = known.get(rows);
  if (before !== undefined) return before;
  const is = ascends(rows);
  known.set(rows, is);
  return is;
}

function ascends(rows: Int32Array): boolean {
  for (let i = 1; i < rows.length; i++) if (int32At(rows, i) <= int32At(rows, i - 1)) return false;
  return true;
}

export interface RowPart<T> {
  /** The place of its first row among all. */
  readonly start: number;
  readonly rows: Int32Array;
  /** Of the table from row `from` on. */
  readonly values: T;
  readonly from: number;
}

/** The values of a column in those rows, NaN where one is missing. What a part has is there until the next. */
export function numberParts(
  column: NumberColumn,
  rows: Int32Array,
  room: Room<Float64Array> = roomFor(Float64Array),
): Iterable<RowPart<Float64Array>> {
  const { between } = column;
  return between === undefined
    ? parts(column.values, rows)
    : partsBetween((from, to) => between(from, to, room), rows);
}

/** The same of the numbers of words. */
export function codeParts(
  column: Words,
  rows: Int32Array,
  room: Room<Int32Array> = roomFor(Int32Array),
): Iterable<RowPart<Int32Array>> {
  const { between } = column;
  return between === undefined
    ? parts(column.codes, rows)
    : partsBetween((from, to) => between(from, to, room), rows);
}

function* parts<T>(values: T, rows: Int32Array): Generator<RowPart<T>> {
  for (let start = 0; start < rows.length; start += PIECE)
    yield { start, rows: rows.subarray(start, start + PIECE), values, from: 0 };
}

function* partsBetween<T>(
  between: (start: number, end: number) => T,
  rows: Int32Array,
): Generator<RowPart<T>> {
  for (const { start, rows: own, from, to } of rowPieces(rows))
    yield { start, rows: own, values: between(from, to), from };
}
