// CSV text to records of strings, each with the line it starts on; shared by `readCsv`, `header` and the search for
// the dialect. Papa Parse does the quoting; this file settles what it leaves open: mixed line ends, runs of blanks,
// blank lines and line numbers.

import Papa from "papaparse";
import { blanksToTabs } from "./blank-runs.ts";
import type { Dialect } from "./dialect.ts";
import type { Separator } from "./read-settings.ts";

export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

export interface CsvRecords {
  readonly records: readonly CsvRecord[];
  /** Where a quoted value is not closed, or goes on after its closing quote. */
  readonly quoteErrors: readonly { readonly line: number; readonly unclosed: boolean }[];
}

/**
 * With `\n` as the only line end, also inside quotes, without a byte order mark and without the mark that DOS sets at
 * the end of a file.
 */
export function normalizeText(text: string): string {
  const end = text.endsWith("\u001a") ? -1 : undefined;
  const unmarked = text.slice(text.charCodeAt(0) === 0xfeff ? 1 : 0, end);
  return unmarked.includes("\r") ? unmarked.replace(/\r\n?/g, "\n") : unmarked;
}

/** Lines of normalized text. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n");
}

/** The separator that splits the first rows most evenly; a comma if none does. Takes normalized text. */
export function guessSeparator(
  text: string,
  quote: Dialect["quote"],
  among: readonly Separator[],
): Separator {
  const { meta } = Papa.parse<string[]>(text, {
    newline: "\n",
    quoteChar: quote,
    preview: 10,
    skipEmptyLines: true,
    delimitersToGuess: [...among],
  });
  return among.find((separator) => separator === meta.delimiter) ?? ",";
}

/**
 * Records of normalized text, which begins with line `firstLine` of its file. Blank lines are left out, except between
 * the rows of a file with one column, where a blank line is a missing value.
 */
export function csvRecords(
  text: string,
  { separator, quote }: Pick<Dialect, "separator" | "quote">,
  firstLine = 1,
): CsvRecords {
  const blanks = separator === " ";
  const parsed = Papa.parse<string[]>(blanks ? blanksToTabs(text, quote) : text, {
    delimiter: blanks ? "\t" : separator,
    newline: "\n",
    quoteChar: quote,
  });
  const quoted = text.includes(quote);
  const all: CsvRecord[] = [];
  let line = firstLine;
  for (const fields of parsed.data) {
    all.push({ line, fields });
    line += 1 + (quoted ? lineEndsIn(fields) : 0);
  }
  while (all.length > 0 && isBlank(all[all.length - 1])) all.pop();
  const first = all.findIndex((record) => !isBlank(record));
  const oneColumn = all[first]?.fields.length === 1;
  return {
    records: all.filter((record, i) => i >= first && (oneColumn || !isBlank(record))),
    quoteErrors: parsed.errors
      .filter((e) => e.type === "Quotes")
      .map((e) => ({ line: all[e.row ?? 0]?.line ?? line, unclosed: e.code === "MissingQuotes" })),
  };
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

function lineEndsIn(fields: readonly string[]): number {
  let ends = 0;
  for (const field of fields) for (const character of field) if (character === "\n") ends += 1;
  return ends;
}
