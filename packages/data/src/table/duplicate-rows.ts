// Which rows say exactly the same in every column. The split keeps those together; `data head` counts them.

import type { Table } from "./table.ts";

/**
 * For each of `rows` (indices from 0) the number of its group: rows that are equal in all columns of the
 * table share one. Groups are numbered from 0 in the order in which they appear.
 * Numbers are compared by value (`540` and `540.0` are equal), a missing value equals a missing one.
 */
export function duplicateGroups(table: Table, rows: Int32Array): Int32Array {
  const groups = new Map<string, number>();
  return rows.map((row) => {
    const key = table.columns
      .map((column) => {
        if (column.kind === "text") return JSON.stringify(column.values[row]);
        return column.missing[row] === 1 ? "" : String(column.values[row]);
      })
      .join();
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return group;
  });
}
