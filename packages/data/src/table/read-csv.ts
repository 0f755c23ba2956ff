// Text of a table to a table, or to all that is wrong with it. Reading the file is the caller's job.

import type { DataProblem } from "../problem/problem.ts";
import { columnFromCells } from "./column-from-cells.ts";
import * as wrong from "./csv-problems.ts";
import { type CsvRecord, csvRecords, normalizeText, usedFields } from "./csv-records.ts";
import { detectDialect } from "./detect-dialect.ts";
import { type CommentMark, commentMarks, type Dialect, isComment, type Reading } from "./dialect.ts";
import { groupedFormat } from "./grouped-column.ts";
import { numberedNames } from "./header.ts";
import type { NumberFormat } from "./number-text.ts";
import type { ReadSettings } from "./read-settings.ts";
import { nameFields } from "./row-names.ts";
import { sampleOf } from "./sample.ts";
import { sniffKind } from "./sniff-kind.ts";
import type { Column, Table } from "./table.ts";

export interface CsvOptions extends ReadSettings {
  /** What to call the data in messages, usually the file's name. */
  readonly name: string;
  /** Also gives the cells as they stand in the file. */
  readonly keepText?: boolean;
}

export type CsvResult = { readonly table: Table } | { readonly problems: readonly DataProblem[] };

/** First record: names, if there is a header; then one row per example. Columns are typed by what is in them. */
export function readCsv(text: string, { name, keepText = false, ...settings }: CsvOptions): CsvResult {
  const kind = sniffKind(text);
  if (kind !== null) return { problems: [wrong.anotherKind(name, kind)] };
  // The two marks of a binary file, or one in another encoding, once it is decoded.
  if (text.includes("\0")) return { problems: [wrong.notText(name)] };
  const dialect = detectDialect(sampleOf(text), settings);
  const { above, rest } = withoutLines(normalizeText(text), dialect.skip);
  const { records: all, quoteErrors } = csvRecords(rest, dialect, dialect.skip + 1);
  const records = dialect.markedHeader ? all.map(withoutMark) : all;
  const [first] = records;
  if (first === undefined) return { problems: [wrong.emptyFile(name, settings.skip ?? 0)] };
  if (first.fields.some((field) => field.includes("\ufffd"))) return { problems: [wrong.notText(name)] };
  // A broken quote makes nonsense of all that follows it, so nothing else is said.
  if (quoteErrors.length > 0)
    return { problems: quoteErrors.slice(0, 1).map((e) => wrong.brokenQuote(name, e)) };

  const { head, body, comments, repeated } = sorted(records, dialect);
  const { names, skip } =
    head === undefined ? { names: numberedNames(dialect.width), skip: 0 } : nameFields(head, body);
  const problems = [
    ...(head === undefined ? [] : wrong.unnamedColumns(name, head.line, names)),
    ...(head === undefined ? [] : wrong.repeatedNames(name, head.line, names)),
    ...wrong.raggedRows(name, names.length + skip, dialect, body),
  ];
  if (body.length === 0) problems.push(wrong.headerOnly(name));
  if (problems.length > 0) return { problems };
  const numbers: NumberFormat = {
    decimal: dialect.decimal,
    thousands: settings.thousands ?? null,
    missingWords: settings.missingWords ?? [],
  };
  const cellsOf = (i: number) => body.map((record) => record.fields[i + skip] ?? "");
  const rowNames = skip === 0 ? [] : body.map((record) => record.fields[0]?.trim() ?? "");
  const grouped: string[] = [];
  const columns = names.map((column, i): Column => {
    const cells = cellsOf(i);
    const typed = columnFromCells(column, cells, numbers);
    const format =
      typed.kind === "text" ? groupedFormat(cells, numbers, dialect.decimalProven, names.length === 1) : null;
    if (format === null) return typed;
    grouped.push(column);
    return columnFromCells(column, cells, format);
  });
  const reading: Reading = { dialect, above, grouped, comments, repeatedHeaders: repeated };
  return {
    table: {
      name,
      rows: body.length,
      columns,
      lines: Int32Array.from(body, (record) => record.line),
      numbers,
      reading,
      ...(keepText ? { texts: names.map((_, i) => cellsOf(i)) } : {}),
      ...(skip === 0 ? {} : { rowNames }),
    },
  };
}

/** The text without its first lines, and how many of those hold something. */
function withoutLines(text: string, lines: number): { above: number; rest: string } {
  let start = 0;
  let above = 0;
  for (let line = 0; line < lines && start < text.length; line++) {
    const end = text.indexOf("\n", start);
    const next = end < 0 ? text.length : end + 1;
    if (text.slice(start, next).trim() !== "") above += 1;
    start = next;
  }
  return { above, rest: text.slice(start) };
}

function withoutMark(record: CsvRecord, i: number): CsvRecord {
  return i === 0 ? { line: record.line, fields: record.fields.slice(1) } : record;
}

interface Sorted {
  readonly head: CsvRecord | undefined;
  readonly body: readonly CsvRecord[];
  /** Comment lines among the rows. */
  readonly comments: number;
  /** Lines that repeat the header. */
  readonly repeated: readonly number[];
}

/** Header, rows, and what is neither. Separators at the ends of lines, which make columns of nothing, are taken off. */
function sorted(records: readonly CsvRecord[], dialect: Dialect): Sorted {
  const { header } = dialect;
  const width = records[0]?.fields.length ?? 0;
  const comment = dialect.comment ?? commentAmong(records, width);
  const told = records.filter(
    (record) => comment === null || record.fields.length === width || !isComment(record, comment),
  );
  const comments = records.length - told.length;
  const [head, ...rows] = withoutEmptyEnds(told, dialect);
  if (!header || head === undefined) {
    return { head: undefined, body: head === undefined ? [] : [head, ...rows], comments, repeated: [] };
  }
  const again = (record: CsvRecord) =>
    record.fields[0] === head.fields[0] &&
    record.fields.length === head.fields.length &&
    record.fields.every((field, i) => field.trim() === head.fields[i]?.trim());
  // Of a header of one name, a row may be the equal.
  const repeated = head.fields.length < 2 ? [] : rows.filter(again);
  return {
    head,
    body: repeated.length === 0 ? rows : rows.filter((record) => !again(record)),
    comments,
    repeated: repeated.map(({ line }) => line),
  };
}

/** What every row begins with that has another number of values, and no other row: a comment that none stands above. */
function commentAmong(records: readonly CsvRecord[], width: number): CommentMark | null {
  const odd = records.filter(({ fields }) => fields.length !== width);
  if (odd.length === 0) return null;
  const marks = commentMarks.filter((mark) => odd.every((record) => isComment(record, mark)));
  const even = records.filter(({ fields }) => fields.length === width);
  return marks.find((mark) => !even.some((record) => isComment(record, mark))) ?? null;
}

/** Takes off the last values of all records while there is nothing in any of them, and no name above them. */
function withoutEmptyEnds(records: readonly CsvRecord[], { header, width }: Dialect): readonly CsvRecord[] {
  const [head, ...rows] = records;
  if (head === undefined) return records;
  const named = header ? usedFields(head.fields) : width;
  const longest = rows.reduce((most, { fields }) => Math.max(most, fields.length), head.fields.length);
  const used = rows.reduce((most, { fields }) => Math.max(most, usedFields(fields)), 1);
  if (rows.length === 0 || used > named || longest === named) return records;
  return records.map(({ line, fields }) => ({ line, fields: fields.slice(0, named) }));
}
