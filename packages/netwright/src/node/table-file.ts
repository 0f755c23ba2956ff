// The bytes of a table on a file system: read part by part each time they are asked for, or at any place, and unpacked if
// gzip or zstd has packed them.

import { closeSync, readFileSync, readSync } from "node:fs";
import type { TableInput } from "@netwright/data";
import { openRegular } from "@netwright/runtime/node";
import { isPacked, startUnpacked, unpacked } from "./unpack.ts";

const PART = 1 << 18;
const PIPE = "it is a pipe, and these are read with `-` from standard input alone";

/**
 * Of any size, but a regular file: what comes through a pipe comes once, and a device may have no end.
 * @throws an error of the system with a `code` when the file cannot be read, is damaged, or has more than `most` bytes
 * once it is unpacked; NotYetLoaded for one that zstd has packed where it has not been used before
 */
export function tableFile(file: string, most?: number): TableInput {
  const { descriptor, stats } = openRegular(file, PIPE);
  try {
    const start = new Uint8Array(4);
    const length = readSync(descriptor, start, 0, start.length, 0);
    return isPacked(start.subarray(0, length))
      ? tableBytes(readFileSync(descriptor), most)
      : { size: stats.size, parts: () => partsOf(file), range: rangesOf(file) };
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes that are there already. @throws as `tableFile` does */
export function tableBytes(bytes: Uint8Array, most?: number): Uint8Array {
  return unpacked(bytes, most);
}

/** The first bytes of a table: what is cut off is no mistake. @throws where they are many more once they are unpacked */
export function startBytes(bytes: Uint8Array): Uint8Array {
  return startUnpacked(bytes);
}

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

/**
 * Reading, which does not wait, asks for many ranges one after the other: the file is opened for the first and closed when
 * what asks comes to its end. The bytes are there until the next is asked for. They throw RangeError where the file has become
 * shorter.
 */
function rangesOf(file: string): (start: number, end: number) => Uint8Array {
  let open: number | null = null;
  let buffer = new Uint8Array(0);
  const close = () => {
    if (open !== null) closeSync(open);
    open = null;
    buffer = new Uint8Array(0);
  };
  return (start, end) => {
    if (open === null) {
      open = openRegular(file).descriptor;
      queueMicrotask(close);
    }
    if (buffer.length < end - start) buffer = new Uint8Array(end - start);
    const bytes = buffer.subarray(0, end - start);
    for (let done = 0; done < bytes.length; ) {
      const length = readSync(open, bytes, done, bytes.length - done, start + done);
      if (length === 0) throw new RangeError("the file is cut short");
      done += length;
    }
    return bytes;
  };
}
