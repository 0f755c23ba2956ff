// What is in a table, for `netwright data head`: the first rows and the statistics of each column.

import { shownWord } from "../pictures/picture-bytes.ts";
import { losesDigits } from "./codes.ts";
import { numbersOf } from "./column-from-cells.ts";
import { type ColumnPattern, columnPattern } from "./column-pattern.ts";
import { readingNote } from "./dialect.ts";
import { duplicateGroups } from "./duplicate-rows.ts";
import { numberHint } from "./number-hint.ts";
import { type Column, type NumberColumn, type Table, type TextColumn, wordAt } from "./table.ts";
import { upTo } from "./up-to.ts";

export interface TableSummary {
  readonly name: string;
  readonly rows: number;
  /** Rows that repeat an earlier row exactly. */
  readonly duplicateRows: number;
  /** One line on how the text was read; `null` for plain CSV, of which there is nothing to say. */
  readonly reading: string | null;
  readonly columns: readonly ColumnSummary[];
  /** The first and the last of the names that the rows have, where the file's first column has no name itself. */
  readonly rowNames: readonly [first: string, last: string] | null;
  /** The first rows; `null` is a missing value. */
  readonly head: readonly (readonly (number | string | null)[])[];
}

/** Statistics are over the finite values; `null` where there are none, and for text. */
export interface ColumnSummary {
  readonly name: string;
  readonly type: Column["kind"];
  /** Empty cells, and words for missing values where the others are numbers, or most of them. */
  readonly missing: number;
  /** Values that are infinite. */
  readonly notFinite: number;
  /** Different values, missing ones apart. */
  readonly distinct: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Standard deviation of the population (divided by n). */
  readonly std: number | null;
  /** Of the values that are there, the share that are numbers: 1 for a column of numbers with any. */
  readonly numericShare: number;
  /** A column of text most of whose values are numbers, or are written like numbers: `12 kg`, `1,234`. */
  readonly nearlyNumeric: boolean;
  /** What in a nearly numeric column is no number: how many cells, and the first few. None in any other. */
  readonly oddCells: OddCells;
  /** What its values have in common. */
  readonly pattern: ColumnPattern | null;
}

export interface OddCells {
  readonly count: number;
  readonly first: readonly OddCell[];
  /** Whether no cell is a number as it stands: they have a unit, or a sign of per cent. */
  readonly areAll: boolean;
  /** How to mend the first, or "". */
  readonly hint: string;
}

export interface OddCell {
  /** Data row, counted from 1. */
  readonly row: number;
  /** Line of the file, counted from 1; `null` for data that came from no file. */
  readonly line: number | null;
  readonly text: string;
}

const NO_ODD_CELLS: OddCells = { count: 0, first: [], areAll: false, hint: "" };

/** As many odd cells as are shown. */
const SHOWN = 3;

export function summarize(table: Table, headRows = 5): TableSummary {
  const rows = upTo(table.rows);
  const shown = Math.min(headRows, table.rows);
  return {
    name: table.name,
    rows: table.rows,
    duplicateRows: table.rows - new Set(duplicateGroups(table, rows)).size,
    reading: table.reading === undefined ? null : readingNote(table.reading, table.columns.length),
    columns: table.columns.map((column) => summarizeColumn(table, column)),
    rowNames: endsOf(table.rowNames),
    head: Array.from({ length: shown }, (_, row) => table.columns.map((column) => cell(column, row))),
  };
}

/** `null` for names of which none is given, too: bars at both ends of a line make such. */
function endsOf(names: readonly string[] = []): TableSummary["rowNames"] {
  const [first, last] = [names[0], names.at(-1)];
  return first === undefined || last === undefined || names.every((own) => own === "") ? null : [first, last];
}

function cell(column: Column, row: number): number | string | null {
  if (column.kind === "text") return shownWord(wordAt(column, row)) || null;
  return column.missing[row] === 1 ? null : (column.values[row] ?? null);
}

function summarizeColumn(table: Table, column: Column): ColumnSummary {
  return column.kind === "number" ? summarizeNumbers(table, column) : summarizeText(table, column);
}

function summarizeText(table: Table, column: TextColumn): ColumnSummary {
  const { column: asNumbers, textRows } = numbersOf(column, table.numbers);
  const { codes, words } = column;
  const values = codes.length - asNumbers.gaps;
  const textAt = (row: number) => wordAt(column, row);
  const numericShare = (values - textRows.length) / values;
  // Codes, and numbers that a format has as texts, are text without a cell that makes them so.
  const isAllNumbers = values > 0 && textRows.length === 0;
  const looksNumeric =
    numericShare >= 0.5 ||
    // A column of nothing but bounds is one of classes: `<6m`, `>6m`.
    (textRows.every(
      (row) => numberHint(textAt(row), table.numbers) !== "" && /^[^<>≤≥~≈]*\d/.test(textAt(row)),
    ) &&
      !areNumbered(words));
  const nearlyNumeric = looksNumeric && !isAllNumbers;
  const present = nearlyNumeric
    ? new Set(codes.filter((_, row) => asNumbers.missing[row] === 0))
    : new Set(words.filter((word) => word !== ""));
  return {
    name: column.name,
    type: "text",
    missing: nearlyNumeric ? asNumbers.gaps : column.gaps,
    notFinite: 0,
    distinct: present.size,
    min: null,
    max: null,
    mean: null,
    std: null,
    numericShare,
    nearlyNumeric,
    oddCells: nearlyNumeric ? oddCells(table, column, textRows, values) : NO_ODD_CELLS,
    pattern: columnPattern(column),
  };
}

/** `1. No`, `2. Yes`: words with a number before them, each with another. A unit is the same for several numbers. */
function areNumbered(words: readonly string[]): boolean {
  const present = words.map((word) => word.trim()).filter((word) => word !== "");
  const rests = present.map((word) => word.slice(/^[+-]?[\d.,]+/.exec(word)?.[0].length ?? word.length));
  const behind = new Set(rests.filter((rest) => /\p{L}/u.test(rest)));
  return behind.size > 1 && behind.size === present.length;
}

function oddCells(table: Table, column: TextColumn, rows: readonly number[], values: number): OddCells {
  const first = rows
    .slice(0, SHOWN)
    .map((row) => ({ row: row + 1, line: table.lines?.[row] ?? null, text: wordAt(column, row) }));
  const hint = numberHint(first[0]?.text ?? "", table.numbers);
  return { count: rows.length, first, areAll: rows.length === values, hint };
}

function summarizeNumbers(table: Table, column: NumberColumn): ColumnSummary {
  const present = column.values.filter((_, row) => column.missing[row] === 0);
  const finite = present.filter(Number.isFinite);
  let [min, max, sum, squares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const x of finite) {
    min = Math.min(min, x);
    max = Math.max(max, x);
    sum += x;
  }
  const mean = sum / finite.length;
  for (const x of finite) squares += (x - mean) * (x - mean);
  const some = finite.length > 0;
  const lost = table.inexact?.find(({ name }) => name === column.name)?.rows ?? 0;
  // Not so decimals of many digits, which are measures.
  const large = lost === 0 ? 0 : finite.filter(losesDigits).length;
  return {
    name: column.name,
    type: "number",
    missing: column.values.length - present.length,
    notFinite: present.length - finite.length,
    distinct: new Set(present).size,
    min: some ? min : null,
    max: some ? max : null,
    mean: some ? mean : null,
    std: some ? Math.sqrt(squares / finite.length) : null,
    numericShare: present.length === 0 ? 0 : 1,
    nearlyNumeric: false,
    oddCells: NO_ODD_CELLS,
    pattern: 2 * Math.min(lost, large) > present.length ? "long" : columnPattern(column),
  };
}
