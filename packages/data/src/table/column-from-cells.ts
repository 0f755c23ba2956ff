// Types one column: numbers if every value that is there is a number, text otherwise.

import { type CellValue, type NumberFormat, numberReader } from "./number-text.ts";
import type { Column, NumberColumn, TextColumn, Words } from "./table.ts";

/** A cell before it has a type: text from a file, or a value from a program (`null` and NaN are missing). */
export type Cell = string | number | null;

export function columnFromCells(name: string, cells: readonly Cell[], format: NumberFormat): Column {
  const read = cellReader(format);
  const values = new Float64Array(cells.length);
  const missing = new Uint8Array(cells.length);
  for (const [row, cell] of cells.entries()) {
    const value = read(cell);
    if (value === "text") return textColumn(name, wordsOf(cells), format);
    if (value === "missing") missing[row] = 1;
    values[row] = value === "missing" ? Number.NaN : value;
  }
  return numberColumn(name, values, missing);
}

/** A column that was read as words: of numbers all the same if all of them are numbers. */
export function columnFromWords(name: string, words: Words, format: NumberFormat): Column {
  const { column, textRows } = numbersIn(name, words, format, true);
  return textRows.length === 0 ? column : textColumn(name, words, format);
}

/** A column that was read as numbers, without text in it. */
export function columnFromNumbers(name: string, values: Float64Array, missing: Uint8Array): NumberColumn {
  return numberColumn(name, values, missing);
}

/** What a text column would be as numbers, and the rows (from 0) whose text is not one; those are NaN. */
export function numbersOf(
  column: TextColumn,
  format: NumberFormat,
): { column: NumberColumn; textRows: number[] } {
  return numbersIn(column.name, column, format, false);
}

/** Ends with the first text where only it is asked for. */
function numbersIn(
  name: string,
  { codes, words }: Words,
  format: NumberFormat,
  untilText: boolean,
): { column: NumberColumn; textRows: number[] } {
  const read = numberReader(format);
  const meanings = new Array<CellValue | undefined>(words.length);
  const values = new Float64Array(codes.length);
  const missing = new Uint8Array(codes.length);
  const textRows: number[] = [];
  for (const [row, code] of codes.entries()) {
    const value = meanings[code] ?? read(words[code] ?? "");
    meanings[code] = value;
    if (value === "text") textRows.push(row);
    if (value === "text" && untilText) break;
    if (value === "missing") missing[row] = 1;
    values[row] = typeof value === "number" ? value : Number.NaN;
  }
  return { column: numberColumn(name, values, missing), textRows };
}

function numberColumn(name: string, values: Float64Array, missing: Uint8Array): NumberColumn {
  let gaps = 0;
  for (const one of missing) gaps += one;
  return { kind: "number", name, values, missing, gaps };
}

/** Of words for missing values, only those that were stated are taken for that in a column of text. */
function textColumn(name: string, { codes, words }: Words, { missingWords }: NumberFormat): TextColumn {
  const absent = new Set(missingWords.map((word) => word.trim()));
  const known = new Map<string, number>();
  const told = new Int32Array(words.length).fill(-1);
  const own = codes.map((code) => {
    const before = told[code] ?? -1;
    if (before >= 0) return before;
    const text = words[code]?.trim() ?? "";
    const word = absent.has(text) ? "" : text;
    const place = known.get(word) ?? known.size;
    known.set(word, place);
    told[code] = place;
    return place;
  });
  const gap = known.get("") ?? -1;
  let gaps = 0;
  for (const code of own) if (code === gap) gaps++;
  return { kind: "text", name, codes: own, words: [...known.keys()], gaps };
}

function wordsOf(cells: readonly Cell[]): Words {
  const known = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    const text = cell === null ? "" : String(cell);
    const place = known.get(text) ?? known.size;
    known.set(text, place);
    return place;
  });
  return { codes, words: [...known.keys()] };
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
