// Texts on a file system, and tables.

import { constants } from "node:buffer";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { isPattern, NotYetLoaded, type TableFile, type TableInput } from "@netwright/data";
import { grouped } from "@netwright/definitions";
import { readStart } from "@netwright/runtime/node";
import {
  type Files,
  type ReadBytes,
  type ReadRunOf,
  type ReadTable,
  type ReadText,
  UnreadableTable,
} from "../files/files.ts";
import { availableMemory, gigabytes } from "./available-memory.ts";
import { databases } from "./databases.ts";
import { diskStorage, freeDisk } from "./disk-storage.ts";
import { fileFrom } from "./file-from.ts";
import { type MatchingFile, matchingFiles } from "./matching-files.ts";
import { reasonOf } from "./reason-of.ts";
import { checkHost, checkReach, checkUsed, readGivenText, readSmallText } from "./regular-file.ts";
import { tableFile } from "./table-file.ts";

/**
 * Each text is read once, and each table opened once: its header is asked for before the whole of it. Texts that `use`
 * names are small `.net` files in the `folders`, or below, and so are databases and the files that a pattern fits; any other
 * table is whatever file `source` names. What of one is more than its share of `memory`, in bytes, is put on the disk while
 * it is trained on. `runs` may be opened too where they are, and as runs alone.
 */
export function nodeFiles(
  folders: readonly string[] = ["."],
  {
    memory,
    runs = [],
  }: { readonly memory?: number | undefined; readonly runs?: readonly string[] | undefined } = {},
): Files {
  const storage = diskStorage(memory);
  return {
    read: once((file) => readUsed(file, folders)),
    table: once((file) => openNamed(file, folders)),
    picture: (path, from) => pictureFrom(path, from, folders),
    query: databases(folders, storage),
    run: (path, from) => runFrom(fileFrom(path, from), [...folders, ...runs]),
    storage,
  };
}

function once<T>(read: (file: string) => T): (path: string, from: string) => T {
  const known = new Map<string, T>();
  return (path, from) => {
    const file = fileFrom(path, from);
    const before = known.get(file);
    if (before !== undefined) return before;
    const found = read(file);
    known.set(file, found);
    return found;
  };
}

function readUsed(file: string, folders: readonly string[]): ReadText {
  try {
    checkUsed(file, folders);
    return { ok: true, file, text: readSmallText(file) };
  } catch (error) {
    return { ok: false, file, reason: reasonOf(error) };
  }
}

/** The largest file of a picture that is read because a cell names it. */
const LARGEST_PICTURE = 1 << 27;

/** A picture that a cell of the table `from` names: beside that table, in the `folders`, or below. */
export function pictureFrom(path: string, from: string, folders: readonly string[] = []): ReadBytes {
  const file = fileFrom(path, from);
  try {
    checkReach(file, [...folders, dirname(from)]);
    const bytes = readStart(file, LARGEST_PICTURE + 1);
    return bytes.length > LARGEST_PICTURE
      ? { ok: false, reason: `it has more than ${grouped(LARGEST_PICTURE)} bytes` }
      : { ok: true, bytes };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/** A run whose weights a `.net` file begins with: a stranger's file names no other than those of its folders. */
async function runFrom(file: string, folders: readonly string[]): Promise<ReadRunOf> {
  try {
    checkReach(file, folders);
  } catch (error) {
    return { ok: false, file, reason: reasonOf(error) };
  }
  const { readRun } = await import("./read-saved-run.ts");
  return { ok: true, file, run: await readRun(file) };
}

/** A table that a `.net` file or a run names. */
function openNamed(file: string, folders: readonly string[]): ReadTable {
  try {
    checkHost(file, folders);
  } catch (error) {
    return { ok: false, file, reason: reasonOf(error) };
  }
  return openTable(file, "disk", folders);
}

/** One file by its path from the current directory, as somebody has named it. */
export function readText(file: string): ReadText {
  try {
    return { ok: true, file, text: readGivenText(file) };
  } catch (error) {
    return { ok: false, file, reason: reasonOf(error) };
  }
}

/**
 * The same of a table, which may be packed, in UTF-16, or in several files that a pattern names: in the `folders`, or below,
 * where such are given.
 */
export function openTable(file: string, room: Room = "memory", folders?: readonly string[]): ReadTable {
  if (!isPattern(file) || existsSync(file)) return openFile(file, room);
  const names = namesOf(file, folders);
  if (!("length" in names)) return names;
  if (names.length === 0) return { ok: false, file, reason: "no file fits its name" };
  const files: TableFile[] = [];
  const taken = { read: 0, unpacked: 0 };
  for (const { path, shortName } of names) {
    const opened = openFile(path, room, taken);
    if (!opened.ok) return opened;
    files.push({ name: path, shortName, input: opened.table });
  }
  return { ok: true, file, table: { files } };
}

function namesOf(file: string, folders: readonly string[] | undefined): readonly MatchingFile[] | NotOpened {
  try {
    return matchingFiles(file, folders);
  } catch (error) {
    return { ok: false, file, reason: reasonOf(error) };
  }
}

/** Where its columns may lie. */
type Room = "memory" | "disk";

/** Columns as they are read, and what they become twice, in half of the bytes each. */
const ON_DISK = 2;

interface NotOpened {
  readonly ok: false;
  readonly file: string;
  readonly reason: string;
}

type OpenedFile = { readonly ok: true; readonly file: string; readonly table: TableInput } | NotOpened;

/** Bytes of a table's files so far, which are together in memory: those that are read from the disk, and those that were packed. */
interface Taken {
  read: number;
  unpacked: number;
}

function openFile(file: string, room: Room, taken: Taken = { read: 0, unpacked: 0 }): OpenedFile {
  const memory = availableMemory();
  try {
    const most = Math.min(Math.floor(memory / 2) - taken.unpacked, constants.MAX_LENGTH);
    const table = tableFile(file, Math.max(1, most));
    taken.read += sizeOf(table);
    if (typeof table !== "string" && !("parts" in table)) taken.unpacked += table.length;
    const size = taken.read;
    if (size > memory && (room === "memory" || ON_DISK * size > freeDisk())) {
      const nor = room === "memory" ? "" : ", nor is there room for them on the disk";
      const files = size > sizeOf(table) ? "with the files before it, " : "";
      const reason = `${files}it has ${gigabytes(size)}, its columns take about as much memory, and there are ${gigabytes(memory)}${nor}`;
      return { ok: false, file, reason };
    }
    return { ok: true, file, table: told(table) };
  } catch (error) {
    if (error instanceof NotYetLoaded) throw error;
    return { ok: false, file, reason: reasonOf(error) };
  }
}

function sizeOf(table: TableInput): number {
  return typeof table === "string" || !("parts" in table) ? 0 : (table.size ?? 0);
}

/** Parts are read when the table is, long after it was opened. */
function told(table: TableInput): TableInput {
  if (typeof table === "string" || !("parts" in table)) return table;
  const { size, range } = table;
  return {
    size,
    *parts() {
      try {
        yield* table.parts();
      } catch (error) {
        throw new UnreadableTable(reasonOf(error));
      }
    },
    ...(range === undefined
      ? {}
      : {
          range: (start, end) => {
            try {
              return range(start, end);
            } catch (error) {
              if (error instanceof RangeError) throw error;
              throw new UnreadableTable(reasonOf(error));
            }
          },
        }),
  };
}
