// Which rows say exactly the same in every column. The split keeps those together; `data head` counts them.

import { StoredNumberColumn, StoredTextColumn } from "../storage/stored-columns.ts";
import type { Column, Table } from "./table.ts";

/**
 * For each of `rows` (indices from 0) the number of its group: rows that are equal in all columns of the
 * table share one. Groups are numbered from 0 in the order in which they appear.
 * Numbers are compared by value (`540` and `540.0` are equal), a missing value equals a missing one.
 */
export function duplicateGroups(table: Table, rows: Int32Array): Int32Array {
  const hashes = rowHashes(table.columns, rows);
  // An open hash table of the first row of each group, as its place in `rows`; -1 is an empty place.
  const first = new Int32Array(tableSize(rows.length)).fill(-1);
  const mask = first.length - 1;
  const groups = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const hash = hashes[i] ?? 0;
    const row = rows[i] ?? 0;
    let place = (hash >>> 7) & mask;
    for (;;) {
      const known = first[place] ?? -1;
      if (known < 0) {
        first[place] = i;
        groups[i] = count++;
        break;
      }
      if (hashes[known] === hash && areEqual(table.columns, rows[known] ?? 0, row)) {
        groups[i] = groups[known] ?? 0;
        break;
      }
      place = (place + 1) & mask;
    }
  }
  return groups;
}

function tableSize(rows: number): number {
  let size = 16;
  while (size < 2 * rows) size *= 2;
  return size;
}

/** Equal for rows that are equal; for others rarely. Column by column, as these lie in memory. */
function rowHashes(columns: readonly Column[], rows: Int32Array): Int32Array {
  const hashes = new Int32Array(rows.length);
  const bits = new Float64Array(1);
  const halves = new Int32Array(bits.buffer);
  for (const column of columns) {
    if (column.kind === "text") {
      const { codes } = column;
      for (let i = 0; i < rows.length; i++) {
        hashes[i] = mixed(hashes[i] ?? 0, codes[rows[i] ?? 0] ?? 0);
      }
    } else {
      const { values } = column;
      for (let i = 0; i < rows.length; i++) {
        // The two zeros are one value, and all that is missing is NaN, which has more than one spelling in bits.
        const value = (values[rows[i] ?? 0] ?? 0) + 0;
        bits[0] = Number.isNaN(value) ? Number.NaN : value;
        hashes[i] = mixed(mixed(hashes[i] ?? 0, halves[0] ?? 0), halves[1] ?? 0);
      }
    }
  }
  return hashes;
}

/** A round of MurmurHash3. */
function mixed(hash: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  const h = hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
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
