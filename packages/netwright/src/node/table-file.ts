// The bytes of a table on a file system: read part by part each time they are asked for, and unpacked if gzip has packed
// them.

import { closeSync, readFileSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import type { TableInput } from "@netwright/data";
import { openRegular } from "@netwright/runtime/node";

const PART = 1 << 18;
const PIPE = "it is a pipe, and these are read with `-` from standard input alone";

/**
 * Of any size, but a regular file: what comes through a pipe comes once, and a device may have no end.
 * @throws an error of the system with a `code` when the file cannot be read, is damaged, or has more than `most` bytes
 * once it is unpacked
 */
export function tableFile(file: string, most?: number): TableInput {
  const { descriptor, stats } = openRegular(file, PIPE);
  try {
    const start = new Uint8Array(2);
    const length = readSync(descriptor, start, 0, start.length, 0);
    return isPacked(start.subarray(0, length))
      ? tableBytes(readFileSync(descriptor), most)
      : { size: stats.size, parts: () => partsOf(file) };
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes that are there already. @throws as `tableFile` does */
export function tableBytes(bytes: Uint8Array, most?: number): Uint8Array {
  return isPacked(bytes) ? gunzipSync(bytes, most === undefined ? {} : { maxOutputLength: most }) : bytes;
}

/** The first bytes of a table: what is cut off is no mistake. @throws where they are many more once they are unpacked */
export function startBytes(bytes: Uint8Array): Uint8Array {
  if (!isPacked(bytes)) return bytes;
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED });
}

/** A table packs to a tenth or so; what packs to a thousandth was made to fill a memory. */
const MOST_UNPACKED = 1 << 25;

function* partsOf(file: string): Generator<Uint8Array> {
  const { descriptor } = openRegular(file, PIPE);
  try {
    const buffer = new Uint8Array(PART);
    for (;;) {
      const length = readSync(descriptor, buffer, 0, PART, null);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}

function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
