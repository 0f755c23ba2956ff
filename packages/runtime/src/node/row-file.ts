// Rows in a file, each of one width, one behind the other: what a training reads from when its rows are more than memory
// should hold. The order is that of rows in memory, and so are the bits.

import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import type { FieldData, FieldLayout, RowStore } from "@netwright/data";
import { copyWords, rowsAhead } from "./rows-ahead.ts";

export interface RowFile extends RowStore {
  /** Closes and removes the file. */
  readonly dispose: () => void;
}

const WORD = 4;
/** Rows that are read at once where they lie side by side. */
const MOST = 4096;
/** Bytes of rows that a training takes back at once. */
export const AHEAD = 1 << 26;

/**
 * Writes rows as they come, `append` as often as wanted, each with its fields side by side in the order of the layout; `finish`
 * gives the store. Words are as this machine has them, so that the file is for the time of a training and for no other machine. A file that cannot be written is gone. One that is
 * `unnamed` loses its name at once: the system frees it when the process ends, whatever ends it. `ahead` bytes of rows are
 * held of those that an order asks for next.
 * @throws Error of the file system
 */
export function rowFileWriter(
  path: string,
  layout: readonly FieldLayout[],
  { unnamed = false, ahead = AHEAD } = {},
) {
  const file = openSync(path, "wx+", 0o600);
  if (unnamed) unlinkSync(path);
  const width = layout.reduce((sum, field) => sum + field.width, 0);
  let rows = 0;
  return {
    append(words: Uint32Array): void {
      if (words.length % width !== 0) throw new RangeError(`${words.length} words in rows of ${width}`);
      const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
      try {
        writeAll(file, bytes, rows * width * WORD);
      } catch (error) {
        // A disk that is full is not to stay so.
        remove(file, unnamed ? null : path);
        throw error;
      }
      rows += words.length / width;
    },
    finish: (): RowFile => rowFile({ file, path: unnamed ? null : path, layout, rows, width, ahead }),
  };
}

interface Opened {
  readonly file: number;
  /** `null` where it has no name any more. */
  readonly path: string | null;
  readonly layout: readonly FieldLayout[];
  readonly rows: number;
  /** Words of a row. */
  readonly width: number;
  readonly ahead: number;
}

function rowFile({ file, path, layout, rows, width, ahead }: Opened): RowFile {
  const words = new Uint32Array(MOST * width);
  const bytes = new Uint8Array(words.buffer);
  const readRun = (first: number, count: number): Uint32Array => {
    readAll(file, bytes.subarray(0, count * width * WORD), first * width * WORD);
    return words;
  };
  const next = rowsAhead({ rows, width, run: MOST }, readRun, ahead);
  return {
    rows,
    fields: layout,
    gather(order, start, count, into) {
      if (start < 0 || start + count > (order?.length ?? rows)) {
        throw new RangeError(`${count} rows from ${start} of ${order?.length ?? rows}`);
      }
      const parts = partsOf(layout, into);
      const put = (from: Uint32Array, run: number, done: number): void => {
        for (const { to, at, columns } of parts) {
          for (let row = 0; row < run; row++)
            copyWords(from, row * width + at, to, (done + row) * columns, columns);
        }
      };
      const held = order === null ? null : next.take(order, start, count);
      if (held !== null) {
        put(held, count, 0);
        return;
      }
      const rowAt = (i: number): number => order?.[start + i] ?? start + i;
      for (let done = 0; done < count; ) {
        // Neighbours in the file are read in one piece.
        const first = rowAt(done);
        let run = 1;
        while (run < MOST && done + run < count && rowAt(done + run) === first + run) run++;
        put(readRun(first, run), run, done);
        done += run;
      }
    },
    dispose: () => remove(file, path),
  };
}

function remove(file: number, path: string | null): void {
  closeSync(file);
  if (path !== null) unlinkSync(path);
}

/** For each field that is asked for the words of its array, and where it begins in a row. */
function partsOf(layout: readonly FieldLayout[], into: ReadonlyMap<string, FieldData>) {
  return [...into].map(([name, data]) => {
    let at = 0;
    for (const field of layout) {
      if (field.name === name) {
        if (data.length % field.width !== 0 || data[Symbol.toStringTag] !== field.array) {
          throw new RangeError(`${name} has rows of ${field.width} in ${field.array}`);
        }
        const to = new Uint32Array(data.buffer, data.byteOffset, data.length);
        return { to, at, columns: field.width };
      }
      at += field.width;
    }
    throw new RangeError(`there is no field ${name}`);
  });
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

function readAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error("the file of rows ends before its rows");
    done += read;
  }
}
