// Files for what of a table is more than memory should hold. Each is without a name from the moment it is made, so that the
// system frees it when the process ends, whatever ends it.

import { randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, statfsSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BytesOnDisk, Storage } from "@netwright/data";
import { AHEAD, rowFileWriter } from "@netwright/runtime/node";
import { availableMemory } from "./available-memory.ts";

/** The share of memory that the columns of a table, and its encoded rows, may each take. */
const SHARE = 1 / 4;

/** `memory` is how many bytes there are to use; all that there is by default. */
export function diskStorage(memory: number = availableMemory()): Storage {
  let bytes: BytesOnDisk | undefined;
  const disk = (): BytesOnDisk => {
    bytes ??= bytesOnDisk();
    return bytes;
  };
  return {
    most: SHARE * memory,
    bytes: { append: (part) => disk().append(part), read: (place, into) => disk().read(place, into) },
    rows: (layout) => {
      const { append, finish } = rowFileWriter(newPath(), layout, {
        unnamed: true,
        ahead: Math.min(AHEAD, (SHARE * memory) / 2),
      });
      return {
        append,
        finish: () => {
          const store = finish();
          closed.register(store, store.dispose);
          return store;
        },
      };
    },
  };
}

/** Bytes that there are for such files. */
export function freeDisk(): number {
  const { bavail, bsize } = statfsSync(tmpdir());
  return bavail * bsize;
}

function newPath(): string {
  return join(tmpdir(), `netwright-${process.pid}-${randomBytes(6).toString("hex")}`);
}

function bytesOnDisk(): BytesOnDisk {
  const path = newPath();
  const file = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  let length = 0;
  const bytes: BytesOnDisk = {
    append(part) {
      const place = length;
      for (let done = 0; done < part.length; ) {
        done += writeSync(file, part, done, part.length - done, place + done);
      }
      length += part.length;
      return place;
    },
    read(place, into) {
      for (let done = 0; done < into.length; ) {
        const read = readSync(file, into, done, into.length - done, place + done);
        if (read === 0) throw new Error("what was put on the disk is not there");
        done += read;
      }
    },
  };
  closed.register(bytes, () => closeSync(file));
  return bytes;
}

/** Closes the files of what nobody has any more. */
const closed = new FinalizationRegistry<() => void>((close) => close());
