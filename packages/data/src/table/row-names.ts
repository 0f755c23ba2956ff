// The column that names the rows: data frames write row numbers or words in front of each row, under an empty
// name, or under none at all, so that the header is one name short. It is no column of the table.

import type { CsvRecord } from "./csv-records.ts";

export interface NamedFields {
  /** The names of the columns, in order. */
  readonly names: readonly string[];
  /** How many values stand before the first column: one where the rows have names. */
  readonly skip: 0 | 1;
}

/** The rows below a header. */
export interface Body {
  readonly rows: number;
  /** Values of a row; `null` where rows differ. */
  readonly width: number | null;
  /** One of the first two values of each row, as it stands in the file; asked for where there may be names of rows. */
  readonly cells: (column: 0 | 1) => readonly string[];
  /** Whether a row has anything in this column. */
  readonly filled: (column: number) => boolean;
}

/** `head` is the first record; `body` are the rows. */
export function nameFields(head: CsvRecord, body: Body): NamedFields {
  const names = head.fields.map((field) => field.trim());
  if (namesRows(names) && isRowNames(body.cells(0))) return { names: names.slice(1), skip: 1 };
  return { names, skip: isShort(names.length, body) ? 1 : 0 };
}

/** Whether the header leaves the first of several columns without a name. */
export function namesRows(names: readonly string[]): boolean {
  return names.length > 1 && names[0] === "" && names[1] !== "";
}

/** Words or numbers of which no two are equal, or numbers that count, also those of several tables one below the other. */
function isRowNames(cells: readonly string[]): boolean {
  const values = cells.map((cell) => cell.trim());
  return areNames(values.filter((value) => value !== "")) || values.every(counts);
}

/** Numbers with a point go up from row to row, such as times; otherwise they are measurements without a name. */
function areNames(values: readonly string[]): boolean {
  if (new Set(values).size < values.length) return false;
  if (values.every((value) => /^\d+$/.test(value) || isWord(value))) return true;
  return values.every((value, i) => i === 0 || Number(value) > Number(values[i - 1]));
}

function isWord(value: string): boolean {
  return Number.isNaN(Number(value));
}

/** One more than the value before it, or a count that begins. */
function counts(value: string, i: number, all: readonly string[]): boolean {
  return /^\d+$/.test(value) && (value === "0" || value === "1" || Number(value) === Number(all[i - 1]) + 1);
}

/**
 * Whether every row has one value more than the header has names, and that is a name in front: of a decimal
 * comma, or a separator at the end of each line, the same is true.
 */
function isShort(width: number, body: Body): boolean {
  if (body.rows === 0 || body.width !== width + 1 || !body.filled(width)) return false;
  const first = body.cells(0).map((cell) => cell.trim());
  // Under a single name, numbers may be the whole parts of others: `1,5` below `x`.
  if (first.every((value) => /^\d+$/.test(value))) return width > 1 && first.every(counts);
  return (
    !first.includes("") &&
    first.every((value) => isWord(value)) &&
    areNames(first) &&
    body.cells(1).every((cell) => !/^\s/.test(cell))
  );
}
