// A table gone through until it is known what its rows are: mostly once.

import { at, int32At } from "@netwright/definitions";
import type { ByteSource } from "../scan/byte-source.ts";
import { type ColumnReader, NumberReader, WordReader } from "../scan/column-reader.ts";
import type { BytesOnDisk } from "../storage/storage.ts";
import { StoredWords } from "../storage/stored-columns.ts";
import type { Dialect } from "./dialect.ts";
import type { Guess } from "./expect-rows.ts";
import type { NumberFormat } from "./number-text.ts";
import { type Expectation, type ReadRows, readRows } from "./read-rows.ts";
import { type SettledRows, settleRows } from "./settle-rows.ts";
import type { Words } from "./table.ts";

export interface Pass {
  readonly read: ReadRows;
  readonly settled: SettledRows;
  readonly readers: readonly ColumnReader[];
  /** Words of the given columns, which may have been read as numbers: the table is gone through once more for those. */
  readonly words: (columns: readonly number[]) => ReadonlyMap<number, Words>;
}

/** More passes than there are reasons for one. */
const MOST_PASSES = 8;

export function readPass(
  source: ByteSource,
  dialect: Dialect,
  numbers: NumberFormat,
  { expected: guessed, isWords, capacity }: Guess,
  keepText: boolean,
  disk: BytesOnDisk | null,
): Pass {
  let expected = guessed;
  for (let passes = 0; passes < MOST_PASSES; passes++) {
    const readers = Array.from({ length: expected.width }, (_, column) =>
      keepText || isWords(column, expected.width)
        ? new WordReader(capacity, disk)
        : new NumberReader(numbers, capacity, disk),
    );
    const read = readRows(source, dialect, expected, readers, capacity);
    const settled = settleRows(read, dialect, expected, (column) => readers[column]?.filled === true);
    if ("again" in settled) expected = settled.again;
    else {
      const taken = expected;
      return {
        read,
        settled,
        readers,
        words: (columns) =>
          readWords({ source, dialect, expected: taken, disk }, readers, columns, read, settled),
      };
    }
  }
  throw new Error("the rows of a table do not settle");
}

interface PassAgain {
  readonly source: ByteSource;
  readonly dialect: Dialect;
  readonly expected: Expectation;
  readonly disk: BytesOnDisk | null;
}

function readWords(
  { source, dialect, expected, disk }: PassAgain,
  readers: readonly ColumnReader[],
  columns: readonly number[],
  { rows }: ReadRows,
  { dropped }: SettledRows,
): ReadonlyMap<number, Words> {
  const late = new Map(
    columns.flatMap((column) =>
      readers[column] instanceof WordReader ? [] : [[column, new WordReader(rows, disk)]],
    ),
  );
  if (late.size > 0) {
    const chosen = readers.map((_, column) => late.get(column) ?? null);
    readRows(source, dialect, expected, chosen, rows);
  }
  return new Map(
    columns.map((column) => {
      const reader = late.get(column) ?? readers[column];
      if (!(reader instanceof WordReader)) throw new Error(`no column ${column} of ${readers.length}`);
      const { codes, words, all, stored } = reader.cells(rows);
      if (stored !== undefined) {
        const left = new StoredWords(stored, { rows, dropped }, words);
        // Few tables have rows that are left out: then the numbers are here.
        return [column, all && dropped.length === 0 ? left : usedOnly(left)];
      }
      const left = { codes: withoutRows(codes, dropped), words };
      return [column, all && dropped.length === 0 ? left : usedOnly(left)];
    }),
  );
}

/** `dropped` are places in the array. */
export function withoutRows<T extends Int32Array | Float64Array | Uint8Array>(
  array: T,
  dropped: readonly number[],
): T {
  if (dropped.length === 0) return array;
  const left = new Set(dropped);
  return array.filter((_, row) => !left.has(row)) as T;
}

/** Without words that are in no row any more. */
function usedOnly({ codes, words }: Words): Words {
  const places = new Int32Array(words.length).fill(-1);
  const used: string[] = [];
  const own = codes.map((code) => {
    if (int32At(places, code) === -1) places[code] = used.push(at(words, code)) - 1;
    return int32At(places, code);
  });
  return { codes: own, words: used };
}
