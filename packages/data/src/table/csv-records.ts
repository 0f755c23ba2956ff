// CSV text to records of strings, each with the line it starts on; shared by `readCsv` and `header`.
// Papa Parse does the quoting; this file settles what it leaves open: mixed line ends,
// which separator, blank lines and line numbers.

import Papa from "papaparse";

export type Delimiter = "," | ";" | "\t";

const DELIMITERS: readonly Delimiter[] = [",", ";", "\t"];
/** Characters looked at to find the separator; it is a matter of the first ten rows. */
const SAMPLE = 65_536;

export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

export interface CsvRecords {
  readonly records: readonly CsvRecord[];
  /** Where a quoted value is not closed, or goes on after its closing quote. */
  readonly quoteErrors: readonly { readonly line: number; readonly unclosed: boolean }[];
}

/** With `\n` as the only line end, also inside quotes. A byte order mark stays: Papa Parse takes it off. */
export function normalizeText(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** The text from its first line that has anything on it. A tab counts: it may separate an empty name. */
export function skipBlankStart(text: string): string {
  return text.slice(/^\ufeff?(?: *\r?\n)*/.exec(text)?.[0].length ?? 0);
}

/** The separator that splits the first rows most evenly; a comma if none does. Takes normalized text. */
export function detectDelimiter(text: string): Delimiter {
  const { meta } = Papa.parse<string[]>(skipBlankStart(text).slice(0, SAMPLE), {
    newline: "\n",
    preview: 10,
    skipEmptyLines: true,
    delimitersToGuess: [...DELIMITERS],
  });
  return DELIMITERS.find((delimiter) => delimiter === meta.delimiter) ?? ",";
}

/**
 * Records of normalized text. Blank lines are left out, except between the rows of a file with one column,
 * where a blank line is a missing value.
 */
export function csvRecords(text: string, delimiter: Delimiter): CsvRecords {
  const parsed = Papa.parse<string[]>(text, { delimiter, newline: "\n" });
  const quoted = text.includes('"');
  const all: CsvRecord[] = [];
  let line = 1;
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

function isBlank(record: CsvRecord | undefined): boolean {
  return record?.fields.length === 1 && record.fields[0]?.trim() === "";
}

function lineEndsIn(fields: readonly string[]): number {
  let ends = 0;
  for (const field of fields) for (const character of field) if (character === "\n") ends += 1;
  return ends;
}
