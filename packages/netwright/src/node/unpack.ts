// Bytes that gzip or zstd have packed.

import { constants, gunzipSync } from "node:zlib";
import { isBeyondWindow, loadedOnUse } from "@netwright/data";

/** Node unpacks it from 22.15 on, and then only the first of several frames until 26. */
const zstd = loadedOnUse(() => import("fzstd"));

/**
 * All members of gzip and all frames of zstd.
 * @throws an error with a `code` where they are damaged, or have more than `most` bytes once they are unpacked;
 * NotYetLoaded for zstd that has not been used before
 */
export function unpacked(bytes: Uint8Array, most?: number): Uint8Array {
  if (isGzip(bytes)) return gunzipSync(bytes, most === undefined ? {} : { maxOutputLength: most });
  return isZstd(bytes) ? unpackZstd(bytes, most ?? Number.POSITIVE_INFINITY) : bytes;
}

/** The first bytes of what was packed: what is cut off is no mistake. @throws where they are many more once they are unpacked */
export function startUnpacked(bytes: Uint8Array): Uint8Array {
  if (isGzip(bytes)) {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED });
  }
  if (!isZstd(bytes)) return bytes;
  const { parts, push } = unpacking(MOST_UNPACKED);
  try {
    push(bytes, false);
  } catch (error) {
    if (parts.length === 0) throw error;
  }
  return joined(parts);
}

/** A table packs to a tenth or so; what packs to a thousandth was made to fill a memory. */
const MOST_UNPACKED = 1 << 25;

export function isPacked(bytes: Uint8Array): boolean {
  return isGzip(bytes) || isZstd(bytes);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** A frame, or one that is to be skipped, which may stand before others. */
function isZstd(bytes: Uint8Array): boolean {
  const [first = 0, ...rest] = bytes.subarray(0, 4);
  const isFrame = first === 0x28 && rest[0] === 0xb5 && rest[1] === 0x2f && rest[2] === 0xfd;
  return isFrame || ((first & 0xf0) === 0x50 && rest[0] === 0x2a && rest[1] === 0x4d && rest[2] === 0x18);
}

function unpackZstd(bytes: Uint8Array, most: number): Uint8Array {
  const { parts, push } = unpacking(most);
  push(bytes, true);
  return joined(parts);
}

/** Part by part, so that what is made to fill a memory is seen before it does. */
function unpacking(most: number) {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new (zstd().Decompress)((part) => {
    parts.push(part);
    length += part.length;
    if (length > most) throw failure("ERR_BUFFER_TOO_LARGE");
  });
  return {
    parts,
    push(bytes: Uint8Array, last: boolean): void {
      if (isBeyondWindow(bytes)) throw failure("ZSTD_WINDOW");
      try {
        stream.push(bytes, last);
      } catch (error) {
        throw isFailure(error) ? error : failure("ZSTD_DAMAGED");
      }
    },
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function failure(code: string): Error & { readonly code: string } {
  return Object.assign(new Error(code), { code });
}

/** The library's own have numbers as codes. */
function isFailure(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string";
}
