// Objects from a program, `[{ Cement: 540, Age: 28 }]`, to a table: the same checks then serve files and calls.

import { type Cell, columnFromCells } from "./column-from-cells.ts";
import type { Table } from "./table.ts";

/** One example by column name. `null`, `undefined` and an absent key are missing values; text is read as in a file. */
export type InputRecord = Readonly<Record<string, unknown>>;

/** Columns are the keys of all records, in the order in which they first appear. */
export function tableFromRecords(records: readonly InputRecord[], name = "input"): Table {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  return {
    name,
    rows: records.length,
    columns: [...names].map((column) =>
      columnFromCells(
        column,
        records.map((record) => toCell(Object.hasOwn(record, column) ? record[column] : null)),
      ),
    ),
    lines: null,
  };
}

/** Anything but a number, text or nothing is shown as text, so that it is reported as "not a number". */
function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  return Array.isArray(value) ? "[...]" : "{...}";
}
