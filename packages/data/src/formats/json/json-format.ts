// Tables in JSON: lines of records, a list of records, or columns with their values.

import { count, isObject } from "@netwright/definitions";
import { byteSource, type TableInput } from "../../scan/byte-source.ts";
import { larger } from "../../scan/word-list.ts";
import { losesDigits } from "../../table/codes.ts";
import { type NumberFormat, PLAIN_NUMBERS } from "../../table/number-text.ts";
import { toCell } from "../../table/table-from-records.ts";
import { allBytes } from "../bytes.ts";
import { CannotRead, leftOut, lostDigitsIn, orProblem } from "../cannot-read.ts";
import { CellColumn } from "../cell-column.ts";
import type { FormatOptions, FormatReader, FormatResult } from "../format.ts";
import { namedByReading } from "../named-by-reading.ts";
import { mostCells } from "../stated-size.ts";
import { eachLine, type JsonRecord, parsed, recordOfLine, recordsOf } from "./json-records.ts";

export const jsonFormat: FormatReader = namedByReading((input, options) =>
  orProblem(options.name, () => readJson(input, options)),
);

function readJson(input: TableInput, { name, missingWords }: FormatOptions): FormatResult {
  const numbers: NumberFormat = { ...PLAIN_NUMBERS, missingWords };
  const rows = new Rows();
  if (isLines(input)) {
    eachLine(byteSource(input), (text, line) => {
      const record = recordOfLine(text, line);
      rows.characters += text.length;
      rows.add(record, line);
      rows.lookFor(text);
      return true;
    });
  } else {
    const text = wholeText(input);
    const { names, records } = recordsOf(text);
    rows.characters = text.length;
    for (const column of names) rows.columnOf(column);
    for (const record of records) rows.add(record, null);
    rows.lookFor(text);
  }
  const table = { ...rows.table(numbers), name, numbers };
  const nested = [...rows.nested].map(([column, kind]) => leftOut(name, column, kind));
  return { table, warnings: [...nested, ...lostDigitsIn(table)] };
}

/** Whether each line is a record: the first one is, and there is another. */
function isLines(input: TableInput): boolean {
  const lines: string[] = [];
  eachLine(byteSource(input), (text) => lines.push(text) < 2);
  const [first = "", second] = lines;
  if (!/^\ufeff?\s*\{/.test(first) || (second !== undefined && !/^\s*\{/.test(second))) return false;
  let value: unknown;
  try {
    value = parsed(first);
  } catch {
    // A record over several lines, or a line with a mistake.
    return second !== undefined && /\}\s*$/.test(first);
  }
  if (second !== undefined) return true;
  // A record alone, unless it is one of columns.
  return isObject(value) && !Object.values(value).every((own) => typeof own === "object" && own !== null);
}

function wholeText(input: TableInput): string {
  const all = allBytes(byteSource(input));
  // Above it no engine has a text in one piece.
  if (all.length > MOST_TEXT) {
    throw new CannotRead("is too large to be read as one text", [
      "Write a record in each line: such a file may have any size.",
    ]);
  }
  return new TextDecoder("utf-8").decode(all);
}

const MOST_TEXT = 2 ** 29 - 64;

/** Digits that a number may not hold, with neither a point nor an exponent behind them. */
const MANY_DIGITS = /(?<![\d.eE+"])-?\d{16,}(?![\d.eE"])/g;
/** Cells, of the text: a value takes some characters, and of many names most records may lack most. */
const OF_A_CHARACTER = 20;

class Rows {
  /** Columns with a value that has parts, and what these are. */
  readonly nested = new Map<string, string>();
  /** What has been read of the text. */
  characters = 0;
  readonly #columns = new Map<string, CellColumn>();
  #rows = 0;
  #lines: Int32Array | null = null;
  /** Large whole numbers of the text that is looked at next, by column. */
  #large: { readonly column: string; readonly value: number }[] = [];
  /** In how many rows of a column digits were lost. */
  readonly #lost = new Map<string, number>();

  columnOf(name: string): CellColumn {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const column = new CellColumn(name);
    this.#columns.set(name, column);
    this.#checkSize();
    return column;
  }

  add(record: JsonRecord, line: number | null): void {
    for (const name of Object.keys(record)) {
      const column = this.columnOf(name);
      column.fillTo(this.#rows);
      const value = record[name];
      if (typeof value === "object" && value !== null) {
        this.nested.set(name, Array.isArray(value) ? "lists" : "records");
      }
      const cell = toCell(value);
      column.put(cell);
      if (typeof cell === "number" && losesDigits(cell) && Number.isFinite(cell))
        this.#large.push({ column: name, value: cell });
    }
    if (line !== null) {
      this.#lines ??= new Int32Array(64);
      if (this.#rows === this.#lines.length) this.#lines = larger(this.#lines, Int32Array, this.#rows + 1);
      this.#lines[this.#rows] = line;
    }
    this.#rows++;
  }

  /** Which numbers the text of what was added has digit by digit: 1e300 is large and has lost nothing. */
  lookFor(text: string): void {
    if (this.#large.length === 0) return;
    const written = new Set<number>();
    for (const [digits] of text.matchAll(MANY_DIGITS)) written.add(Number(digits));
    for (const { column, value } of this.#large)
      if (written.has(value)) this.#lost.set(column, (this.#lost.get(column) ?? 0) + 1);
    this.#large = [];
  }

  /** A record has few names, and a table a cell of each for all its records. */
  #checkSize(): void {
    if (this.#rows * this.#columns.size <= mostCells(this.characters, OF_A_CHARACTER)) return;
    const names = count(this.#columns.size, "name");
    throw new CannotRead(
      `has ${names} of columns in ${count(this.#rows, "record")}, nearly all without a value`,
      ["If the names are values, such as dates or ids, write them as values of one column."],
    );
  }

  table(numbers: NumberFormat) {
    this.#checkSize();
    const plain = [...this.#columns.values()].filter(({ name }) => !this.nested.has(name));
    const columns = plain.map((column) => {
      column.fillTo(this.#rows);
      return column.column(numbers);
    });
    const inexact = plain.flatMap(({ name }) => {
      const rows = this.#lost.get(name);
      return rows === undefined ? [] : [{ name, rows }];
    });
    return { rows: this.#rows, columns, inexact, lines: this.#lines?.subarray(0, this.#rows) ?? null };
  }
}
