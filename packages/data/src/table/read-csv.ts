// Text of a CSV file to a table, or to all that is wrong with it. Reading the file is the caller's job.

import { count, listed, quote } from "../problem/phrases.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import { columnFromCells } from "./column-from-cells.ts";
import { type CsvRecord, csvRecords, type Delimiter, detectDelimiter, normalizeText } from "./csv-records.ts";
import { type NumberFormat, PLAIN_NUMBERS, parseNumber } from "./number-text.ts";
import type { ReadSettings } from "./read-settings.ts";
import { nameFields } from "./row-names.ts";
import type { Table } from "./table.ts";

export interface CsvOptions extends ReadSettings {
  /** What to call the data in messages, usually the file's name. */
  readonly name: string;
  /** Found from the first rows if absent. */
  readonly delimiter?: Delimiter;
  /** Also gives the cells as they stand in the file. */
  readonly keepText?: boolean;
}

export type CsvResult = { readonly table: Table } | { readonly problems: readonly DataProblem[] };

/** First row: names; then one row per example. Columns are typed by what is in them. */
export function readCsv(
  text: string,
  { name, delimiter, missingWords, keepText = false }: CsvOptions,
): CsvResult {
  // The two marks of a binary file, or one in another encoding, once it is decoded.
  if (text.includes("\0")) return { problems: [notText(name)] };
  const normal = normalizeText(text);
  const separator = delimiter ?? detectDelimiter(normal);
  const { records, quoteErrors } = csvRecords(normal, separator);
  const [head, ...body] = records;
  if (head === undefined) return { problems: [emptyFile(name)] };
  if (head.fields.some((field) => field.includes("\ufffd"))) return { problems: [notText(name)] };
  // A broken quote makes nonsense of all that follows it, so nothing else is said.
  if (quoteErrors.length > 0) return { problems: quoteErrors.slice(0, 1).map((e) => brokenQuote(name, e)) };

  const { names, skip } = nameFields(head, body);
  const problems = [
    ...unnamedColumns(name, head.line, names),
    ...repeatedNames(name, head.line, names),
    ...raggedRows(name, names.length + skip, separator, body),
  ];
  if (body.length === 0) problems.push(headerOnly(name));
  if (problems.length > 0) return { problems };
  const numbers: NumberFormat = { ...PLAIN_NUMBERS, missingWords: missingWords ?? [] };
  const cellsOf = (i: number) => body.map((record) => record.fields[i + skip] ?? "");
  return {
    table: {
      name,
      rows: body.length,
      columns: names.map((column, i) => columnFromCells(column, cellsOf(i), numbers)),
      lines: Int32Array.from(body, (record) => record.line),
      numbers,
      ...(keepText ? { texts: names.map((_, i) => cellsOf(i)) } : {}),
      ...(skip === 0 ? {} : { rowNames: body.map((record) => record.fields[0]?.trim() ?? "") }),
    },
  };
}

const SHAPE = "Expected a first row with the names of the columns, then one row for each example.";

function emptyFile(name: string): DataProblem {
  return error("NW0620", `${quote(name)} is empty.`, { notes: [SHAPE], setting: "source" });
}

function headerOnly(name: string): DataProblem {
  return error("NW0621", `${quote(name)} has a header and no rows below it.`, {
    notes: [SHAPE],
    setting: "source",
  });
}

function notText(name: string): DataProblem {
  return error("NW0626", `${quote(name)} is not a text file in UTF-8.`, {
    notes: [
      "Expected CSV: values separated by commas, semicolons or tabs.",
      'From a spreadsheet, save a copy as "CSV UTF-8".',
    ],
    setting: "source",
  });
}

function brokenQuote(name: string, { line, unclosed }: { line: number; unclosed: boolean }): DataProblem {
  const what = unclosed
    ? "opens a quoted value that is never closed"
    : "has text after the closing quote of a value";
  return error("NW0625", `Line ${line} of ${quote(name)} ${what}.`, {
    notes: ['A quotation mark inside a quoted value is written twice: `"5"" pipe"`.'],
    setting: "source",
    line,
  });
}

function unnamedColumns(name: string, line: number, names: readonly string[]): DataProblem[] {
  const places = names.flatMap((column, i) => (column === "" ? [String(i + 1)] : []));
  if (places.length === 0) return [];
  const [noun, verb] = places.length === 1 ? ["Column", "has"] : ["Columns", "have"];
  return [
    error("NW0623", `${noun} ${listed(places)} of ${quote(name)} ${verb} no name in the header.`, {
      notes: [
        "Give every column a name, or remove the column; a separator at the end of the line makes one too.",
      ],
      setting: "source",
      line,
    }),
  ];
}

function repeatedNames(name: string, line: number, names: readonly string[]): DataProblem[] {
  const places = new Map<string, string[]>();
  for (const [i, column] of names.entries()) {
    if (column !== "") places.set(column, [...(places.get(column) ?? []), String(i + 1)]);
  }
  const numeric = names.every((column) => typeof parseNumber(column) === "number");
  return [...places]
    .filter(([, at]) => at.length > 1)
    .map(([column, at]) =>
      error(
        "NW0622",
        `Columns ${listed(at)} of ${quote(name)} are ${at.length === 2 ? "both" : "all"} called ${quote(column)}.`,
        {
          notes: numeric
            ? [`The first row holds nothing but numbers: the header may be missing. ${SHAPE}`]
            : ["Columns are found by name, so each needs its own."],
          setting: "source",
          line,
          column,
        },
      ),
    );
}

function raggedRows(
  name: string,
  width: number,
  separator: Delimiter,
  body: readonly CsvRecord[],
): DataProblem[] {
  const ragged = body.flatMap((record, row) => (record.fields.length === width ? [] : [{ record, row }]));
  const first = ragged[0];
  if (first === undefined) return [];
  const { record, row } = first;
  const found = count(record.fields.length, "value");
  const notes: string[] = [];
  if (record.fields.length > width) {
    const shown = { ",": "a comma", ";": "a semicolon", "\t": "a tab" }[separator];
    notes.push(`A value that contains ${shown} must stand in quotation marks, as must one that spans lines.`);
  } else notes.push("A missing value still needs its separator.");
  if (ragged.length > 1) {
    const lines = ragged.slice(1, 6).map((r) => String(r.record.line));
    const more = ragged.length > 6 ? `${lines.join(", ")}, ...` : listed(lines);
    notes.push(
      `${count(ragged.length - 1, "more row")} like it: line${ragged.length > 2 ? "s" : ""} ${more}.`,
    );
  }
  return [
    error(
      "NW0624",
      `Row ${row + 1} (line ${record.line}) of ${quote(name)} has ${found}, but the header names ${count(width, "column")}.`,
      { notes, setting: "source", row: row + 1, line: record.line },
    ),
  ];
}
