// The bytes of a table at any place, for formats that begin at the end.

import { byteSource, type TableInput } from "../scan/byte-source.ts";

export interface RandomBytes {
  readonly size: number;
  /** From `start` up to `end`: a view that may change with the next call. @throws RangeError beyond the bytes */
  readonly read: (start: number, end: number) => Uint8Array;
}

export function randomBytes(input: TableInput): RandomBytes {
  if (typeof input !== "string" && "parts" in input) {
    const { size, range } = input;
    if (range !== undefined && size !== null) return checked(size, range);
  }
  const bytes = allBytes(input);
  return checked(bytes.length, (start, end) => bytes.subarray(start, end));
}

function checked(size: number, range: (start: number, end: number) => Uint8Array): RandomBytes {
  return {
    size,
    read: (start, end) => {
      if (!(start >= 0 && start <= end && end <= size)) throw new RangeError("the file is cut short");
      return range(start, end);
    },
  };
}

/** All of them in one piece. */
export function allBytes(input: TableInput): Uint8Array {
  if (typeof input !== "string" && !("parts" in input)) return input;
  const source = typeof input === "string" ? byteSource(input) : input;
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const part of source.parts()) {
    parts.push(part.slice());
    length += part.length;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
