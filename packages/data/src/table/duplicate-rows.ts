// Which rows say exactly the same in every column. The split keeps those together; `data head` counts them.

import { int32At } from "@netwright/definitions";
import { StoredNumberColumn, StoredTextColumn } from "../storage/stored-columns.ts";
import { rowHashes, tellingColumns } from "./row-hashes.ts";
import type { Column, Table } from "./table.ts";

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
  hashes: Int32Array,
  most: number,
): Int32Array | null {
  // An open hash table of the first row of each group, as its place in `rows`; -1 is an empty place.
  const first = new Int32Array(tableSize(rows.length)).fill(-1);
  const mask = first.length - 1;
  const groups = new Int32Array(rows.length);
  let [count, wrong] = [0, 0];
  const isSame = (known: number, i: number) => {
    const equal = areEqual(columns, int32At(rows, known), int32At(rows, i));
    if (!equal) wrong++;
    return equal;
  };
  for (let i = 0; i < rows.length && wrong <= most; i++) {
    const hash = int32At(hashes, i);
    let place = (hash >>> 7) & mask;
    let known = int32At(first, place);
    while (known >= 0 && !(int32At(hashes, known) === hash && isSame(known, i))) {
      place = (place + 1) & mask;
      known = int32At(first, place);
    }
    if (known < 0) first[place] = i;
    groups[i] = known < 0 ? count++ : int32At(groups, known);
  }
  return wrong > most ? null : groups;
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
