// What can be wrong with the text of a table as a whole.

import { count, listed, quote } from "@netwright/definitions";
import { type DataProblem, error } from "../problem/problem.ts";
import { type Dialect, separatorNames } from "./dialect.ts";
import { parseNumber } from "./number-text.ts";
import type { FileKind } from "./sniff-kind.ts";

const SHAPE = "Expected a first row with the names of the columns, then one row for each example.";

/** `skipped` lines were left out because the file of the model says so. */
export function emptyFile(name: string, skipped: number): DataProblem {
  const below = skipped === 0 ? "is empty" : `holds nothing below its first ${count(skipped, "line")}`;
  const notes = skipped === 0 ? [SHAPE] : [`\`skip: ${skipped}\` leaves them out.`];
  return error("NW0620", `${quote(name)} ${below}.`, { notes, setting: skipped === 0 ? "source" : "skip" });
}

export function headerOnly(name: string): DataProblem {
  return error("NW0621", `${quote(name)} has a header and no rows below it.`, {
    notes: [SHAPE],
    setting: "source",
  });
}

export function anotherKind(name: string, { what, remedy }: FileKind): DataProblem {
  return error("NW0627", `${quote(name)} is no table in text: it is ${what}.`, {
    notes: [remedy],
    setting: "source",
  });
}

export function notText(name: string): DataProblem {
  return error("NW0626", `${quote(name)} is not a text file in UTF-8.`, {
    notes: [
      "Expected text: values separated by commas, semicolons, tabs, vertical bars or blanks.",
      'From a spreadsheet, save a copy as "CSV UTF-8".',
    ],
    setting: "source",
  });
}

export function brokenQuote(
  name: string,
  { line, unclosed }: { line: number; unclosed: boolean },
): DataProblem {
  const what = unclosed
    ? "opens a quoted value that is never closed"
    : "has text after the closing quote of a value";
  return error("NW0625", `Line ${line} of ${quote(name)} ${what}.`, {
    notes: ['A quotation mark inside a quoted value is written twice: `"5"" pipe"`.'],
    setting: "source",
    line,
  });
}

export function unnamedColumns(name: string, line: number, names: readonly string[]): DataProblem[] {
  const places = unnamedPlaces(names);
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

/**
 * What is wrong with the names of a table that is no text: two are the same, or two columns have none. One alone may
 * have none, as row numbers do that came from a text.
 */
export function unclearNames(name: string, names: readonly string[]): DataProblem[] {
  const problems = repeatedNames(name, undefined, names);
  const places = unnamedPlaces(names);
  if (places.length < 2) return problems;
  const unnamed = error("NW0623", `Columns ${listed(places)} of ${quote(name)} have no name.`, {
    notes: ["Columns are found by name, so each needs its own: name them, or leave them out."],
    setting: "source",
  });
  return [unnamed, ...problems];
}

function unnamedPlaces(names: readonly string[]): string[] {
  return names.flatMap((column, i) => (column === "" ? [String(i + 1)] : []));
}

export function repeatedNames(
  name: string,
  line: number | undefined,
  names: readonly string[],
): DataProblem[] {
  const places = new Map<string, string[]>();
  for (const [i, column] of names.entries()) {
    const known = places.get(column);
    if (known !== undefined) known.push(String(i + 1));
    else if (column !== "") places.set(column, [String(i + 1)]);
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

/** Rows of another width than the others. */
export interface Ragged {
  /** How many. */
  readonly count: number;
  /** The first few: `row` counts from 0. */
  readonly first: readonly { readonly row: number; readonly line: number; readonly width: number }[];
  /** Rows of the table, these among them. */
  readonly rows: number;
}

/** As many of them as are named. */
export const RAGGED_NAMED = 6;

export function raggedRows(
  name: string,
  width: number,
  { separator, header }: Dialect,
  { count: all, first: named, rows }: Ragged,
): DataProblem[] {
  const [first, ...others] = named;
  if (first === undefined) return [];
  const { row, line } = first;
  const found = count(first.width, "value");
  const notes: string[] = [];
  if (first.width > width) {
    notes.push(
      `A value that contains ${separatorNames[separator]} must stand in quotation marks, as must one that spans lines.`,
    );
    if (separator === "," && first.width % width === 0)
      notes.push("With decimal commas, another separator has to stand between the values.");
  } else if (all === 1 && row === rows - 1)
    notes.push(
      "It is the last one: the file may have been cut off there, or it is a sum or a remark, and no row.",
    );
  else notes.push("A missing value still needs its separator.");
  if (all > 1) {
    const lines = others.slice(0, RAGGED_NAMED - 1).map((one) => String(one.line));
    const more = all > RAGGED_NAMED ? `${lines.join(", ")}, ...` : listed(lines);
    notes.push(`${count(all - 1, "more row")} like it: line${all > 2 ? "s" : ""} ${more}.`);
  }
  return [
    error(
      "NW0624",
      `Row ${row + 1} (line ${line}) of ${quote(name)} has ${found}, but ${header ? "the header names" : "the first row has"} ${count(width, header ? "column" : "value")}.`,
      { notes, setting: "source", row: row + 1, line },
    ),
  ];
}
