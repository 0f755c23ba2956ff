// The bytes of a table on a file system: read part by part each time they are asked for, and unpacked if gzip has packed
// them.

import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import type { TableInput } from "@netwright/data";

const PART = 1 << 18;

/** @throws an error of the system with a `code` when the file cannot be read, is damaged, or too large once unpacked */
export function tableFile(file: string): TableInput {
  const descriptor = openSync(file, "r");
  try {
    const stats = fstatSync(descriptor);
    const start = new Uint8Array(2);
    // What comes through a pipe comes once.
    if (!stats.isFile()) return tableBytes(readFileSync(descriptor));
    const length = readSync(descriptor, start, 0, start.length, 0);
    return isPacked(start.subarray(0, length))
      ? tableBytes(readFileSync(file))
      : { size: stats.size, parts: () => partsOf(file) };
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes that are there already. @throws as `tableFile` does */
export function tableBytes(bytes: Uint8Array): Uint8Array {
  return isPacked(bytes) ? gunzipSync(bytes) : bytes;
}

/** The first bytes of a table: what is cut off is no mistake. */
export function startBytes(bytes: Uint8Array): Uint8Array {
  return isPacked(bytes) ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes;
}

function* partsOf(file: string): Generator<Uint8Array> {
  const descriptor = openSync(file, "r");
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
