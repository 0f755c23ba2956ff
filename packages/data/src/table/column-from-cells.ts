// Types one column: numbers if every value that is there is a number, text otherwise, and where they are codes.

import { at, int32At } from "@netwright/definitions";
import { countOnes } from "../scan/column-reader.ts";
import { StoredWords } from "../storage/stored-columns.ts";
import { areCodes, isCode } from "./codes.ts";
import { type CellValue, type NumberFormat, numberReader } from "./number-text.ts";
import type { Column, NumberColumn, TextColumn, Words } from "./table.ts";

/** A cell before it has a type: text from a file, or a value from a program (`null` and NaN are missing). */
export type Cell = string | number | null;

/** With a cell for which `isOwnWord` the column is text, as with any other cell that is no number. */
export function columnFromCells(
  name: string,
  cells: readonly Cell[],
  format: NumberFormat,
  isOwnWord: (word: string) => boolean = () => false,
): Column {
  const read = cellReader(format);
  const values = new Float64Array(cells.length);
  const missing = new Uint8Array(cells.length);
  let mayBeCodes = false;
  for (const [row, cell] of cells.entries()) {
    const value = read(cell);
    mayBeCodes ||= typeof cell === "string" && isCode(cell.trim());
    const isText = value === "text" || (value === "missing" && isOwn(cell, format, isOwnWord));
    if (isText) return textColumn(name, wordsOf(cells), format);
    if (value === "missing") missing[row] = 1;
    values[row] = value === "missing" ? Number.NaN : value;
  }
  return mayBeCodes ? columnFromWords(name, wordsOf(cells), format) : numberColumn(name, values, missing);
}

function isOwn(cell: Cell, { missingWords }: NumberFormat, isOwnWord: (word: string) => boolean): boolean {
  if (cell === null || Number.isNaN(cell)) return false;
  const word = String(cell).trim();
  return word !== "" && !missingWords.some((absent) => absent.trim() === word) && isOwnWord(word);
}

/** A column that was read as words: of numbers all the same if all of them are numbers, and no codes. */
export function columnFromWords(name: string, words: Words, format: NumberFormat): Column {
  const read = numberReader(format);
  if (words.words.some((word) => read(word) === "text")) return textColumn(name, words, format);
  if (!areCodes(words.words, format)) return numbersIn(name, words, format).column;
  // Among digits, `NA` is no word.
  const missingWords = words.words.filter((word) => read(word) === "missing");
  return textColumn(name, words, { ...format, missingWords });
}

/** What a text column would be as numbers, and the rows (from 0) whose text is not one; those are NaN. */
export function numbersOf(
  column: TextColumn,
  format: NumberFormat,
): { column: NumberColumn; textRows: number[] } {
  return numbersIn(column.name, column, format);
}

function numbersIn(
  name: string,
  { codes, words }: Words,
  format: NumberFormat,
): { column: NumberColumn; textRows: number[] } {
  const meanings = words.map(numberReader(format));
  const values = new Float64Array(codes.length);
  const missing = new Uint8Array(codes.length);
  const textRows: number[] = [];
  for (let row = 0; row < codes.length; row++) {
    const value = at(meanings, int32At(codes, row));
    if (value === "text") textRows.push(row);
    if (value === "missing") missing[row] = 1;
    values[row] = typeof value === "number" ? value : Number.NaN;
  }
  return { column: numberColumn(name, values, missing), textRows };
}

function numberColumn(name: string, values: Float64Array, missing: Uint8Array): NumberColumn {
  return { kind: "number", name, values, missing, gaps: countOnes(missing) };
}

/** Of words for missing values, only those that were stated are taken for that in a column of text. */
export function textColumn(name: string, source: Words, { missingWords }: NumberFormat): TextColumn {
  const { words } = source;
  const absent = new Set(missingWords.map((word) => word.trim()));
  const known = new Map<string, number>();
  // Words that differ in blanks around them, or all mean that a value is missing, become one.
  const places = Int32Array.from(words, (cell) => {
    const text = cell.trim();
    const word = absent.has(text) ? "" : text;
    const place = known.get(word) ?? known.size;
    known.set(word, place);
    return place;
  });
  const isSame = known.size === words.length;
  if (source instanceof StoredWords) {
    return (isSame && absent.size === 0 ? source : source.renamed(places, [...known.keys()])).column(name);
  }
  const own = isSame ? source.codes : recoded(source.codes, places);
  const gap = known.get("");
  return {
    kind: "text",
    name,
    codes: own,
    words: [...known.keys()],
    gaps: gap === undefined ? 0 : countOf(own, gap),
  };
}

function recoded(codes: Int32Array, places: Int32Array): Int32Array {
  const own = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) own[row] = int32At(places, int32At(codes, row));
  return own;
}

function countOf(codes: Int32Array, code: number): number {
  let count = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] === code) count++;
  return count;
}

function wordsOf(cells: readonly Cell[]): Words {
  const known = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    const text = cell === null || Number.isNaN(cell) ? "" : String(cell);
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
