// Which rows say exactly the same in every column. The split keeps those together; `data head` counts them.

import { int32At } from "@netwright/definitions";
import { StoredNumberColumn, StoredTextColumn } from "../storage/stored-columns.ts";
import { hashParts } from "./hash-parts.ts";
import { rowHashes, tellingColumns } from "./row-hashes.ts";
import type { Column, Table } from "./table.ts";
import { upTo } from "./up-to.ts";

/**
 * For each of `rows` (indices from 0) the number of its group: rows that are equal in all columns of the
 * table share one, whatever files they are from. Groups are numbered from 0 in the order in which they appear.
 * Numbers are compared by value (`540` and `540.0` are equal), a missing value equals a missing one.
 */
export function duplicateGroups(table: Table, rows: Int32Array): Int32Array {
  const columns = withoutFiles(table);
  const few = tellingColumns(columns, rows);
  const many = columns.some(({ between }) => between !== undefined) ? MANY_ON_DISK : MANY;
  const groups =
    few === null ? null : groupsOf(columns, rows, rowHashes(few, rows), Math.floor(rows.length / many));
  const all = () => groupsOf(columns, rows, rowHashes(columns, rows), Number.POSITIVE_INFINITY);
  return groups ?? all() ?? new Int32Array(0);
}

/** Of so many rows one may have the hash of another that differs, before hashes are made of all columns. */
const MANY = 16;
/** Of rows on a disk, where each comparison asks the system for both. */
const MANY_ON_DISK = 256;

/** `null` where more than `most` comparisons find rows of one hash that differ. */
function groupsOf(
  columns: readonly Column[],
  rows: Int32Array,
  rowHash: Int32Array,
  most: number,
): Int32Array | null {
  const { hashes, places, starts } = hashParts(rowHash);
  // Of each row the place of the first that is equal to it.
  const firsts = upTo(rows.length);
  let wrong = 0;
  const isSame = (a: number, b: number) => {
    const [x, y] = [int32At(places, a), int32At(places, b)];
    const equal = areEqual(columns, int32At(rows, x), int32At(rows, y));
    if (!equal) wrong++;
    return equal;
  };
  // An open hash table of the rows of a part that equal none before, as their places among the hashes; -1 is an empty place.
  let table = new Int32Array(0);
  for (let part = 1; part < starts.length; part++) {
    const [start, end] = [int32At(starts, part - 1), int32At(starts, part)];
    const size = tableSize(end - start);
    if (table.length < size) table = new Int32Array(size);
    table.fill(-1, 0, size);
    for (let i = start; i < end; i++) {
      if (wrong > most) return null;
      const hash = int32At(hashes, i);
      let place = (hash >>> 7) & (size - 1);
      let known = int32At(table, place);
      while (known >= 0 && !(int32At(hashes, known) === hash && isSame(known, i))) {
        place = (place + 1) & (size - 1);
        known = int32At(table, place);
      }
      if (known < 0) table[place] = i;
      else firsts[int32At(places, i)] = int32At(places, known);
    }
  }
  return wrong > most ? null : numbered(firsts);
}

/** The number of its group in the place of the first row of each, from 0 without gaps. */
function numbered(firsts: Int32Array): Int32Array {
  let count = 0;
  for (let i = 0; i < firsts.length; i++) {
    const first = int32At(firsts, i);
    firsts[i] = first === i ? count++ : int32At(firsts, first);
  }
  return firsts;
}

/** A copy of a row in another file is one. */
function withoutFiles({ columns, fileColumn }: Table): readonly Column[] {
  return fileColumn === undefined ? columns : columns.filter(({ name }) => name !== fileColumn);
}

function tableSize(rows: number): number {
  let size = 16;
  while (size < 2 * rows) size *= 2;
  return size;
}

function areEqual(columns: readonly Column[], a: number, b: number): boolean {
  return columns.every((column) => {
    if (column instanceof StoredNumberColumn || column instanceof StoredTextColumn)
      return column.areEqual(a, b);
    if (column.kind === "text") return column.codes[a] === column.codes[b];
    const [x, y] = [column.values[a], column.values[b]];
    return x === y || (column.missing[a] === 1 && column.missing[b] === 1);
  });
}
