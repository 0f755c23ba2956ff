// How a table is written, as `detectDialect` finds it, and in words.

import { count, cutList, quote } from "@netwright/definitions";
import type { CsvRecord } from "./csv-records.ts";
import type { NumberFormat } from "./number-text.ts";
import type { Separator } from "./read-settings.ts";

export interface Dialect {
  readonly separator: Separator;
  readonly quote: '"' | "'";
  readonly decimal: NumberFormat["decimal"];
  /** Whether the numbers of the table leave no doubt about the decimal sign. */
  readonly decimalProven: boolean;
  /** What comment lines begin with; `null` where there are none. */
  readonly comment: CommentMark | null;
  /** Lines above the header, or the first row: a title, comments, `sep=;`. */
  readonly skip: number;
  readonly header: boolean;
  /** A comment mark stands in front of the header, and is no name. */
  readonly markedHeader: boolean;
  /** Values of a row, of a table without a header; those behind are empty. */
  readonly width: number;
}

export type CommentMark = "#" | "%" | "//";

export const commentMarks = ["#", "%", "//"] as const satisfies readonly CommentMark[];

export function isComment({ fields }: Pick<CsvRecord, "fields">, mark: CommentMark): boolean {
  return fields[0]?.trimStart().startsWith(mark) === true;
}

/** What was done to a table that is not plain CSV. */
export interface Reading {
  readonly dialect: Dialect;
  /** Lines above the header that hold something. */
  readonly above: number;
  /** Columns whose numbers have separators of thousands. */
  readonly grouped: readonly string[];
  /** Lines (from 1) that repeat the header, and are left out. */
  readonly repeatedHeaders: readonly number[];
  /** Comment lines between the rows, left out too. */
  readonly comments: number;
}

export const separatorNames: Readonly<Record<Separator, string>> = {
  ",": "a comma",
  ";": "a semicolon",
  "\t": "a tab",
  "|": "a vertical bar",
  " ": "a blank",
};

const SEPARATED: Readonly<Record<Separator, string>> = {
  ",": "commas",
  ";": "separator `;`",
  "\t": "tabs",
  "|": "separator `|`",
  " ": "blanks between the values",
};

/** One line on how the table was read; `null` for plain CSV, of which there is nothing to say. `width` counts columns. */
export function readingNote(reading: Reading, width: number): string | null {
  const { dialect, above, grouped, repeatedHeaders, comments } = reading;
  const { separator, decimal, header } = dialect;
  const parts = [
    ...(separator === "," ? [] : [SEPARATED[separator]]),
    ...(decimal === "," ? ["decimal comma"] : []),
    ...(dialect.quote === "'" ? ["single quotes"] : []),
  ];
  const left = [
    ...(above === 0 ? [] : [`${count(above, "line")} above the ${header ? "header" : "rows"}`]),
    ...(comments === 0 ? [] : [count(comments, "comment line")]),
    ...(repeatedHeaders.length === 0
      ? []
      : [`the header where it is repeated (line ${cutList(repeatedHeaders.map(String), LISTED)})`]),
  ];
  const sentences = [
    ...(parts.length === 0 ? [] : [`read with ${parts.join(", ")}`]),
    ...(header
      ? []
      : [`no header: the columns are called \`column1\`${width > 1 ? ` to \`column${width}\`` : ""}`]),
    ...(left.length === 0 ? [] : [`left out: ${left.join(", ")}`]),
    ...(grouped.length === 0 ? [] : [`separators of thousands in ${cutList(grouped.map(quote), LISTED)}`]),
  ];
  return sentences.length === 0 ? null : sentences.join("; ");
}

const LISTED = 5;
