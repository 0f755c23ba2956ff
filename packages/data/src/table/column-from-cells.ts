// Types one column: numbers if every value that is there is a number, text otherwise.

import { parseNumber } from "./number-text.ts";
import type { Column, NumberColumn, TextColumn } from "./table.ts";

/** A cell before it has a type: text from a file, or a value from a program (`null` is missing). */
export type Cell = string | number | null;

export function columnFromCells(name: string, cells: readonly Cell[]): Column {
  const values = new Float64Array(cells.length);
  const missing = new Uint8Array(cells.length);
  for (const [row, cell] of cells.entries()) {
    const value = cellValue(cell);
    if (value === "text") {
      return { kind: "text", name, values: cells.map((c) => (c === null ? "" : String(c).trim())) };
    }
    if (value === "missing") missing[row] = 1;
    values[row] = value === "missing" ? Number.NaN : value;
  }
  return { kind: "number", name, values, missing };
}

/** What a text column would be as numbers, and the rows (from 0) whose text is not one; those are NaN. */
export function numbersOf(column: TextColumn): { column: NumberColumn; textRows: number[] } {
  const values = new Float64Array(column.values.length);
  const missing = new Uint8Array(column.values.length);
  const textRows: number[] = [];
  for (const [row, text] of column.values.entries()) {
    const value = parseNumber(text);
    if (value === "text") textRows.push(row);
    if (value === "missing") missing[row] = 1;
    values[row] = typeof value === "number" ? value : Number.NaN;
  }
  return { column: { kind: "number", name: column.name, values, missing }, textRows };
}

function cellValue(cell: Cell) {
  if (cell === null) return "missing";
  return typeof cell === "number" ? cell : parseNumber(cell);
}
