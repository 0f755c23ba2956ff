// Tables in JSON: lines of records, a list of records, or columns with their values.

import { grouped, isObject } from "@netwright/definitions";
import { byteSource, type TableInput } from "../../scan/byte-source.ts";
import { larger } from "../../scan/word-list.ts";
import { type NumberFormat, PLAIN_NUMBERS } from "../../table/number-text.ts";
import { toCell } from "../../table/table-from-records.ts";
import { allBytes } from "../bytes.ts";
import { CannotRead, inexact, leftOut, orProblem } from "../cannot-read.ts";
import { CellColumn } from "../cell-column.ts";
import type { FormatOptions, FormatReader, FormatResult } from "../format.ts";
import { namedByReading } from "../named-by-reading.ts";
import { eachLine, type JsonRecord, parsed, recordOfLine, recordsOf } from "./json-records.ts";

export const jsonFormat: FormatReader = namedByReading((input, options) =>
  orProblem(options.name, () => readJson(input, options)),
);

function readJson(input: TableInput, { name, missingWords }: FormatOptions): FormatResult {
  const numbers: NumberFormat = { ...PLAIN_NUMBERS, missingWords };
  const rows = new Rows();
  if (isLines(input)) {
    eachLine(byteSource(input), (text, line) => {
      rows.expect(text.length);
      rows.add(recordOfLine(text, line), line);
      rows.lookFor(text);
      return true;
    });
  } else {
    const text = wholeText(input);
    const { names, records } = recordsOf(text);
    rows.expect(text.length);
    for (const column of names) rows.columnOf(column);
    for (const record of records) rows.add(record, null);
    rows.lookFor(text);
  }
  return {
    table: { ...rows.table(numbers), name, numbers },
    warnings: [
      ...[...rows.nested].map(([column, kind]) => leftOut(name, column, kind)),
      ...[...rows.inexact].map((column) =>
        inexact(name, column, "has whole numbers of more digits than a number holds", [
          "Beyond 9,007,199,254,740,992 the last digits are lost. Write what is no quantity, such as an id, as text.",
        ]),
      ),
    ],
  };
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

/** A record of one name of its own is a column of as many gaps as there are rows: so many at least are read, and for each character. */
const MANY_CELLS = 20_000_000;
const CELLS_OF_A_CHARACTER = 16;

/** Digits that a number may not hold, with neither a point nor an exponent behind them. */
const MANY_DIGITS = /(?<![\d.eE+"])-?\d{16,}(?![\d.eE"])/;
const MOST_EXACT = 2 ** 53;

class Rows {
  /** Columns with a number that may have lost digits. */
  readonly inexact = new Set<string>();
  /** Columns with a value that has parts, and what these are. */
  readonly nested = new Map<string, string>();
  readonly #columns = new Map<string, CellColumn>();
  #rows = 0;
  #characters = 0;
  #lines: Int32Array | null = null;
  /** Columns with large whole numbers of the text that is looked at next. */
  #large: string[] = [];

  columnOf(name: string): CellColumn {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const column = new CellColumn(name);
    this.#columns.set(name, column);
    return column;
  }

  /** That as many characters come next: what they make is bounded by what they are. */
  expect(characters: number): void {
    this.#characters += characters;
  }

  add(record: JsonRecord, line: number | null): void {
    for (const name of Object.keys(record)) {
      const column = this.columnOf(name);
      this.#checkCells();
      column.fillTo(this.#rows);
      const value = record[name];
      if (typeof value === "object" && value !== null) {
        this.nested.set(name, Array.isArray(value) ? "lists" : "records");
      }
      const cell = toCell(value);
      column.put(cell);
      if (typeof cell === "number" && Math.abs(cell) >= MOST_EXACT && Number.isFinite(cell))
        this.#large.push(name);
    }
    if (line !== null) {
      this.#lines ??= new Int32Array(64);
      if (this.#rows === this.#lines.length) this.#lines = larger(this.#lines, Int32Array, this.#rows + 1);
      this.#lines[this.#rows] = line;
    }
    this.#rows++;
  }

  #checkCells(): void {
    const [columns, rows] = [this.#columns.size, this.#rows + 1];
    if (columns * rows <= Math.max(MANY_CELLS, CELLS_OF_A_CHARACTER * this.#characters)) return;
    throw new CannotRead(
      `has ${grouped(columns)} columns in ${grouped(rows)} rows, and hardly a value in them`,
      ["Each name of a record is a column. Write what differs from row to row as a value."],
    );
  }

  /** Whether the text of what was added has digits that are lost. */
  lookFor(text: string): void {
    if (this.#large.length > 0 && MANY_DIGITS.test(text))
      for (const name of this.#large) this.inexact.add(name);
    this.#large = [];
  }

  table(numbers: NumberFormat) {
    const plain = [...this.#columns.values()].filter(({ name }) => !this.nested.has(name));
    const columns = plain.map((column) => {
      column.fillTo(this.#rows);
      return column.column(numbers);
    });
    return { rows: this.#rows, columns, lines: this.#lines?.subarray(0, this.#rows) ?? null };
  }
}
