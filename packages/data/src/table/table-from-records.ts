// Objects from a program, `[{ Cement: 540, Age: 28 }]`, to a table: the same checks then serve files and calls.

import { pictureKind } from "../pictures/picture.ts";
import { cellOfBytes } from "../pictures/picture-bytes.ts";
import { isLongWhole } from "./codes.ts";
import { type Cell, columnFromCells } from "./column-from-cells.ts";
import { type NumberFormat, PLAIN_NUMBERS } from "./number-text.ts";
import type { ReadSettings } from "./read-settings.ts";
import type { InexactColumn, Table } from "./table.ts";

/** One example by column name. `null`, `undefined`, NaN and an absent key are missing values; text is read as in a file. */
export type InputRecord = Readonly<Record<string, unknown>>;

/** Whether a column, by its name, is known to hold a word that elsewhere stands for a missing value. */
export type IsOwnWord = (column: string, word: string) => boolean;

/**
 * Columns are the keys of all records, in the order in which they first appear. Numbers in texts have a decimal
 * point, however the table of the training was written; of the settings, words for missing values count.
 * A column is one of words where `isOwnWord` says so of a cell, whatever the others are.
 */
export function tableFromRecords(
  records: readonly InputRecord[],
  name = "input",
  { missingWords, fileColumn }: ReadSettings = {},
  isOwnWord: IsOwnWord = () => false,
): Table {
  const numbers: NumberFormat = { ...PLAIN_NUMBERS, missingWords: missingWords ?? [] };
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  const inexact: InexactColumn[] = [];
  const columns = [...names].map((name) => {
    const cells = records.map((record) => toCell(Object.hasOwn(record, name) ? record[name] : null));
    const column = columnFromCells(name, cells, numbers, (word) => isOwnWord(name, word));
    const rows = column.kind === "number" ? lostOf(cells) : 0;
    if (rows > 0) inexact.push({ name, rows });
    return column;
  });
  return {
    name,
    rows: records.length,
    columns,
    lines: null,
    numbers,
    ...(inexact.length > 0 ? { inexact } : {}),
    ...(fileColumn !== undefined && names.has(fileColumn) ? { fileColumn } : {}),
  };
}

/** How many texts, and whole numbers of any size of a program, are more digits than a number holds. */
function lostOf(cells: readonly Cell[]): number {
  return cells.reduce<number>(
    (sum, cell) => sum + (typeof cell === "string" && isLongWhole(cell) ? 1 : 0),
    0,
  );
}

/**
 * Anything but a number, text or nothing is shown as text, so that it is reported as "not a number": a date in UTC, as dates
 * are read, and a list of numbers as lists are.
 */
export function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  // The file of a picture; other bytes are numbers, as those of pixels.
  if (value instanceof Uint8Array)
    return pictureKind(value) === null ? `[${value.join(", ")}]` : cellOfBytes(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Float32Array || value instanceof Float64Array) return `[${value.join(", ")}]`;
  if (!Array.isArray(value)) return "{...}";
  return value.every((item) => typeof item === "number") ? `[${value.join(", ")}]` : "[...]";
}
