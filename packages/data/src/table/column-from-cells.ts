// Types one column: numbers if every value that is there is a number, text otherwise.

import { type CellValue, type NumberFormat, numberReader } from "./number-text.ts";
import type { Column, NumberColumn, TextColumn } from "./table.ts";

/** A cell before it has a type: text from a file, or a value from a program (`null` and NaN are missing). */
export type Cell = string | number | null;

export function columnFromCells(name: string, cells: readonly Cell[], format: NumberFormat): Column {
  const read = cellReader(format);
  const values = new Float64Array(cells.length);
  const missing = new Uint8Array(cells.length);
  for (const [row, cell] of cells.entries()) {
    const value = read(cell);
    if (value === "text") return textColumn(name, cells, format);
    if (value === "missing") missing[row] = 1;
    values[row] = value === "missing" ? Number.NaN : value;
  }
  return { kind: "number", name, values, missing };
}

/** What a text column would be as numbers, and the rows (from 0) whose text is not one; those are NaN. */
export function numbersOf(
  column: TextColumn,
  format: NumberFormat,
): { column: NumberColumn; textRows: number[] } {
  const read = numberReader(format);
  const values = new Float64Array(column.values.length);
  const missing = new Uint8Array(column.values.length);
  const textRows: number[] = [];
  for (const [row, text] of column.values.entries()) {
    const value = read(text);
    if (value === "text") textRows.push(row);
    if (value === "missing") missing[row] = 1;
    values[row] = typeof value === "number" ? value : Number.NaN;
  }
  return { column: { kind: "number", name: column.name, values, missing }, textRows };
}

/** Of words for missing values, only those that were stated are taken for that in a column of text. */
function textColumn(name: string, cells: readonly Cell[], { missingWords }: NumberFormat): TextColumn {
  const words = new Set(missingWords.map((word) => word.trim()));
  const values = cells.map((cell) => {
    const text = cell === null ? "" : String(cell).trim();
    return words.has(text) ? "" : text;
  });
  return { kind: "text", name, values };
}

function cellReader(format: NumberFormat): (cell: Cell) => CellValue {
  const read = numberReader(format);
  return (cell) => {
    if (cell === null) return "missing";
    if (typeof cell === "string") return read(cell);
    if (Number.isNaN(cell)) return "missing";
    // A number of a program may be one that stands for a missing value.
    return format.missingWords.length > 0 && read(String(cell)) === "missing" ? "missing" : cell;
  };
}
