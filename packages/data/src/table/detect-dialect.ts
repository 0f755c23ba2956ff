// How a table is written, found from the start of its text. Deliberately timid: plain CSV is read as plain CSV, and
// what may mean two things is read in the plain way.

import { type CsvRecord, csvRecords, linesOf, usedFields } from "./csv-records.ts";
import { provenDecimal } from "./detect-decimal.ts";
import { firstRowIs } from "./detect-header.ts";
import { type CommentMark, commentMarks, type Dialect } from "./dialect.ts";
import { findLayout } from "./find-layout.ts";
import type { Layout } from "./layout.ts";
import type { NumberFormat } from "./number-text.ts";
import type { ReadSettings, Separator } from "./read-settings.ts";
import type { Sample } from "./sample.ts";

/** Those that are looked for. */
const ALL: readonly Separator[] = [",", ";", "\t", "|", " "];

export function detectDialect(sample: Sample, settings: ReadSettings): Dialect {
  const { text } = sample;
  const quote = detectQuote(text);
  const announced = settings.skip === undefined ? announcedSeparator(text) : undefined;
  const stated = settings.separator ?? announced?.separator;
  const start = settings.skip ?? announced?.lines ?? leadingBlanks(text);
  const marked = settings.skip === undefined ? leadingComments(text, start) : null;
  const among = stated === undefined ? ALL : [stated];
  const after = marked?.end ?? start;
  const layout = findLayout(sample, { start: after, quote, among, mark: marked?.mark ?? null }, settings);
  const rows = layout.records;
  const { decimal, proven } = provenDecimal(rows.slice(1), layout.separator, settings);
  const numbers = {
    decimal,
    thousands: settings.thousands ?? null,
    missingWords: settings.missingWords ?? [],
  };
  const first = firstRow(rows, numbers);
  const width = rows.reduce((most, { fields }) => Math.max(most, usedFields(fields)), 0);
  const base = { width, separator: layout.separator, quote, decimal, decimalProven: proven };
  if (marked !== null && isHeader(text, marked, layout, first, quote)) {
    // `#id,name` above the rows: the last comment holds the names.
    const comment = marked.last > start ? marked.mark : null;
    const line = linesOf(text)[marked.last] ?? "";
    const [record] = csvRecords(line, { separator: layout.separator, quote });
    const markedHeader =
      record !== undefined && isMarked(record, layout.separator, marked.mark, layout.width);
    return { ...base, comment, skip: marked.last, header: settings.header ?? true, markedHeader };
  }
  return {
    ...base,
    comment: marked?.mark ?? null,
    skip: layout.skip,
    header: settings.header ?? first !== "data",
    markedHeader: false,
  };
}

/** A row of numbers is one with a decimal sign that the table does not prove, too. */
function firstRow(rows: readonly CsvRecord[], numbers: NumberFormat): ReturnType<typeof firstRowIs> {
  const first = firstRowIs(rows, numbers);
  if (first !== "unknown") return first;
  return firstRowIs(rows, { ...numbers, decimal: numbers.decimal === "." ? "," : "." });
}

interface Comments {
  readonly mark: CommentMark;
  /** Index of the last comment line, and of the line behind it. */
  readonly last: number;
  readonly end: number;
}

/** Comment lines at the start, with blank ones among them; `null` where there are none, or nothing but such. */
function leadingComments(text: string, start: number): Comments | null {
  const lines = linesOf(text);
  const mark = commentMarks.find((one) => lines[start]?.trimStart().startsWith(one));
  if (mark === undefined) return null;
  let end = start;
  while (end < lines.length && (lines[end]?.trim() === "" || lines[end]?.trimStart().startsWith(mark)))
    end += 1;
  if (end === lines.length) return null;
  let last = end - 1;
  while (lines[last]?.trim() === "") last -= 1;
  return { mark, last, end };
}

/** Whether the last comment line is the header of the rows below it. */
function isHeader(
  text: string,
  { mark, last }: Comments,
  { separator, width }: Layout,
  first: "header" | "data" | "unknown",
  quote: Dialect["quote"],
): boolean {
  const line = linesOf(text)[last] ?? "";
  const [record] = csvRecords(line, { separator, quote });
  if (record === undefined) return false;
  if (isMarked(record, separator, mark, width)) return first !== "header";
  if (record.fields.length !== width) return false;
  // No blank behind the mark, and as many names as values.
  return first !== "header" || (width > 1 && line.startsWith(mark) && /\S/.test(line[mark.length] ?? ""));
}

/** `# x y z`: the mark is a word of its own, and one more than there are values. */
function isMarked({ fields }: CsvRecord, separator: Separator, mark: CommentMark, width: number): boolean {
  return separator === " " && fields[0] === mark && fields.length === width + 1;
}

/** `sep=;` on the first line, for Excel. */
function announcedSeparator(text: string): { separator: Separator; lines: number } | undefined {
  const start = leadingBlanks(text);
  const [, character] = /^"?sep=(.)"?$/i.exec(linesOf(text)[start]?.trimEnd() ?? "") ?? [];
  const tab = /^"?sep=\t/i.test(linesOf(text)[start] ?? "");
  const separator = tab ? "\t" : ALL.find((one) => one === character);
  return separator === undefined ? undefined : { separator, lines: start + 1 };
}

function leadingBlanks(text: string): number {
  const lines = linesOf(text);
  const at = lines.findIndex((line) => /[^ ]/.test(line));
  return Math.max(at, 0);
}

/** Single quotes, where every value that begins with one ends with one, and none begins with a double quote. */
function detectQuote(text: string): Dialect["quote"] {
  if (/(?:^|[,;\t|\n]) *"/.test(text)) return '"';
  const opened = text.match(/(?:^|[,;\t|\n ])'/g)?.length ?? 0;
  const closed = text.match(/(?:^|[,;\t|\n ])'[^'\n]*'(?=[,;\t| \n]|$)/g)?.length ?? 0;
  return opened >= 2 && opened === closed ? "'" : '"';
}
