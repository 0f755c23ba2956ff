// A table by its path, or from standard input.

import { basename, join } from "node:path";
import { type CsvOptions, readingNote, type Table, type TableSource, whenLoaded } from "@netwright/data";
import {
  accept,
  type Checked,
  openTable,
  pictureFrom,
  projectError,
  reasonOf,
  reject,
  tableBytes,
  tableOf,
  withPictures,
} from "netwright";
import type { Io } from "../io/io.ts";
import { shellWord } from "../output/shell-word.ts";
import { pathKind } from "./path-kind.ts";
import { readBytes } from "./read-exactly.ts";

export const STDIN = "-";

export interface ReadOptions extends Omit<CsvOptions, "name"> {
  /** Columns whose cells may name files of pictures, beside the table or below the current folder. */
  readonly pictures?: readonly string[];
}

/** The settings among the options are those of the run that the table is for; of a table alone, everything is found out. */
export async function readTable(
  path: string,
  io: Pick<Io, "stdin">,
  { pictures = [], ...options }: ReadOptions = {},
): Promise<Checked<Table>> {
  const read = await readRows(path, io, options);
  if (!read.ok) return read;
  const from = path === STDIN ? "standard input" : path;
  const found = withPictures(read.value, pictures, (file) => pictureFrom(file, from, ["."]));
  return found.ok
    ? accept(found.value, read.diagnostics)
    : reject([...read.diagnostics, ...found.diagnostics]);
}

async function readRows(
  path: string,
  io: Pick<Io, "stdin">,
  options: Omit<CsvOptions, "name">,
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
  if (read.ok) return accept(read.table);
  // Of a folder of pictures, or of parts of a table.
  const several = `Several files are a pattern in quotes: \`${shellWord(join(path, "*"))}\`.`;
  return unreadable(
    `the data file \`${path}\``,
    read.reason,
    pathKind(path) === "directory" ? [several] : [],
  );
}

function unreadable(what: string, reason: string, notes: readonly string[] = []): Checked<never> {
  return reject([projectError("NW0610", `${what} cannot be read: ${reason}`, notes, undefined)]);
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Checked<TableSource>> {
  const bytes = await readBytes(stream);
  try {
    return accept(await whenLoaded(() => tableBytes(bytes)));
  } catch (error) {
    return unreadable("standard input", reasonOf(error));
  }
}
