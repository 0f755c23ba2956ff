// The rows of a table that have too few values or too many.

import { RAGGED_NAMED, type Ragged } from "./csv-problems.ts";
import type { ReadRows } from "./read-rows.ts";
import type { SettledRows } from "./settle-rows.ts";

/** Those that have not `width` values. */
export function raggedAmong(read: ReadRows, settled: SettledRows, width: number): Ragged {
  const { odd } = settled;
  const rows = read.rows - settled.dropped.length + odd.length;
  if (odd.length === 0 && settled.width === width) return { count: 0, first: [], rows };
  const first: { row: number; line: number; width: number }[] = [];
  let count = 0;
  for (const one of allRows(read, settled)) {
    if (one.width === width) continue;
    if (count++ < RAGGED_NAMED) first.push(one);
  }
  return { count, first, rows };
}

/** In the order of the file. */
function* allRows(read: ReadRows, { odd, dropped, width }: SettledRows) {
  const left = new Set(dropped);
  let row = 0;
  let next = 0;
  for (let at = 0; at <= read.rows; at++) {
    for (let one = odd[next]; one !== undefined && one.at === at; one = odd[++next]) {
      yield { row: row++, line: one.line, width: one.fields.length };
    }
    if (at < read.rows && !left.has(at)) yield { row: row++, line: read.lines[at] ?? 0, width };
  }
}

/** The values of a column in all rows, also in those of another width. */
export function withOdd(
  cells: readonly string[],
  { odd, dropped }: SettledRows,
  column: number,
): readonly string[] {
  if (odd.length === 0) return cells;
  const merged: string[] = [];
  let taken = 0;
  for (const { at, fields } of odd) {
    const before = at - dropped.filter((row) => row < at).length;
    while (taken < before) merged.push(cells[taken++] ?? "");
    merged.push(fields[column] ?? "");
  }
  return [...merged, ...cells.slice(taken)];
}
