// A table by its path, or from standard input.

import { basename } from "node:path";
import { type CsvOptions, readingNote, type Table, type TableSource, whenLoaded } from "@netwright/data";
import {
  accept,
  type Checked,
  openTable,
  projectError,
  reasonOf,
  reject,
  tableBytes,
  tableOf,
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
  const input = path === STDIN ? await readAll(io.stdin) : await whenLoaded(() => openFile(path));
  return input.ok
    ? whenLoaded(() =>
        path === STDIN
          ? tableOf(input.value, "standard input", options)
          : tableOf(input.value, path, { ...options, fileName: basename(path) }),
      )
    : input;
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

function openFile(path: string): Checked<TableSource> {
  const read = openTable(path);
  return read.ok ? accept(read.table) : unreadable(`the data file \`${path}\``, read.reason);
}

function unreadable(what: string, reason: string): Checked<never> {
  return reject([projectError("NW0610", `${what} cannot be read: ${reason}`, [], undefined)]);
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Checked<TableSource>> {
  const bytes = await readBytes(stream);
  try {
    return accept(await whenLoaded(() => tableBytes(bytes)));
  } catch (error) {
    return unreadable("standard input", reasonOf(error));
  }
}
