// CSV text to records of strings, each with the line it starts on: for the start of a table, by which its dialect is
// found, and its header. All rows are read by `read-rows.ts`; where records and values end, `scan` says to both.

import { byteSource } from "../scan/byte-source.ts";
import type { Fields } from "../scan/fields.ts";
import { scanRecords } from "../scan/scan-records.ts";
import { textOfBytes } from "../scan/text-of-bytes.ts";
import type { Dialect } from "./dialect.ts";
import type { Separator } from "./read-settings.ts";

export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * With `\n` as the only line end, also inside quotes, without a byte order mark and, where the text goes to the end of the file,
 * without the mark that DOS sets there.
 */
export function normalizeText(text: string, isToTheEnd: boolean): string {
  const end = isToTheEnd && text.endsWith("\u001a") ? -1 : undefined;
  const unmarked = text.slice(text.charCodeAt(0) === 0xfeff ? 1 : 0, end);
  return unmarked.includes("\r") ? unmarked.replace(/\r\n?/g, "\n") : unmarked;
}

/** Lines of normalized text. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n");
}

/** Rows by which separators are compared. */
const COMPARED = 10;

/** The separator that splits the first rows most evenly; a comma if none does. */
export function guessSeparator(text: string, among: readonly Separator[]): Separator {
  let best: { separator: Separator; uneven: number; width: number } | null = null;
  for (const separator of among) {
    const widths: number[] = [];
    let records = 0;
    scanRecords(byteSource(text), { separator, quote: '"' }, 0, ({ count, starts, ends }) => {
      if (count > 1 || starts[0] !== ends[0]) widths.push(count);
      return ++records < COMPARED;
    });
    const uneven = widths.reduce((sum, width, i) => sum + Math.abs(width - (widths[i - 1] ?? width)), 0);
    const width = widths.reduce((sum, one) => sum + one, 0) / widths.length;
    // Of those that are as even, the one that finds most.
    const better = best === null || uneven < best.uneven || (uneven === best.uneven && width > best.width);
    if (width > 1.99 && better) best = { separator, uneven, width };
  }
  return best?.separator ?? ",";
}

/**
 * Records of a text that begins with line `firstLine` of its file. Blank lines are left out, except between the rows of
 * a file with one column, where a blank line is a missing value.
 */
export function csvRecords(
  text: string,
  marks: Pick<Dialect, "separator" | "quote">,
  firstLine = 1,
): readonly CsvRecord[] {
  const all = text.includes(marks.quote) ? scanned(text, marks, firstLine) : divided(text, marks, firstLine);
  while (all.length > 0 && isBlank(all[all.length - 1])) all.pop();
  const first = all.findIndex((record) => !isBlank(record));
  const oneColumn = all[first]?.fields.length === 1;
  return all.filter((record, i) => i >= first && (oneColumn || !isBlank(record)));
}

function scanned(text: string, marks: Pick<Dialect, "separator" | "quote">, firstLine: number): CsvRecord[] {
  const all: CsvRecord[] = [];
  scanRecords(byteSource(text), marks, 0, (fields) => {
    all.push({ line: fields.line + firstLine - 1, fields: textsOf(fields) });
    return true;
  });
  return all;
}

/** The same where nothing is quoted: the engine's own functions are quick from their first call on. */
function divided(text: string, { separator }: Pick<Dialect, "separator">, firstLine: number): CsvRecord[] {
  const divide = separator === " " ? betweenBlanks : (line: string) => line.split(separator);
  return linesOf(text).map((line, i) => ({ line: firstLine + i, fields: divide(line) }));
}

/** Blanks in front of a line and behind it divide nothing. */
function betweenBlanks(line: string): string[] {
  const fields = line.split(/[ \t]+/);
  if (fields.length > 1 && fields[0] === "") fields.shift();
  if (fields.length > 1 && fields.at(-1) === "") fields.pop();
  return fields;
}

export function textsOf({ bytes, from, count, starts, ends }: Fields): string[] {
  return Array.from({ length: count }, (_, i) =>
    textOfBytes(bytes, starts[from + i] ?? 0, ends[from + i] ?? 0),
  );
}

/** How many there are, up to the last that holds something; at least one. */
export function usedFields(fields: readonly string[]): number {
  let used = fields.length;
  while (used > 1 && fields[used - 1]?.trim() === "") used -= 1;
  return used;
}

function isBlank(record: CsvRecord | undefined): boolean {
  return record?.fields.length === 1 && record.fields[0]?.trim() === "";
}
