// A CSV file by its path, or from standard input.

import { type CsvOptions, readingNote, type Table } from "@netwright/data";
import {
  accept,
  type Checked,
  projectError,
  readTableText,
  reasonOf,
  reject,
  tableOf,
  tableText,
} from "netwright";
import type { Io } from "../io/io.ts";
import { readBytes } from "./read-exactly.ts";

export const STDIN = "-";

/** The settings among the options are those of the run that the table is for; of a table alone, everything is found out. */
export async function readTable(
  path: string,
  io: Pick<Io, "stdin">,
  options: Omit<CsvOptions, "name"> = {},
): Promise<Checked<Table>> {
  const text = path === STDIN ? await readAll(io.stdin) : readFile(path);
  return text.ok ? tableOf(text.value, path === STDIN ? "standard input" : path, options) : text;
}

/** How the table was read, where that needs saying. */
export function readingOf({ columns, reading }: Table): string | null {
  return reading === undefined ? null : readingNote(reading, columns.length);
}

/** The same with the name of the table. */
export function readingLine(table: Table): string | null {
  const note = readingOf(table);
  return note === null ? null : `${table.name}: ${note}`;
}

function readFile(path: string): Checked<string> {
  const read = readTableText(path);
  return read.ok ? accept(read.text) : unreadable(`the data file \`${path}\``, read.reason);
}

function unreadable(what: string, reason: string): Checked<never> {
  return reject([projectError("NW0610", `${what} cannot be read: ${reason}`, [], undefined)]);
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Checked<string>> {
  const bytes = Buffer.from(await readBytes(stream));
  try {
    return accept(tableText(bytes));
  } catch (error) {
    return unreadable("standard input", reasonOf(error));
  }
}
