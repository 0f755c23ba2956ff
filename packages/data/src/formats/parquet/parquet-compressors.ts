// What pages are packed by: the library's, but for zstd, whose frames say how much memory they take.

import { decompress } from "fzstd";
import type { Compressors } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { CannotRead } from "../cannot-read.ts";
import { isBeyondWindow, zstdFrame } from "../zstd-frame.ts";

export const pageCompressors: Compressors = { ...compressors, ZSTD: unpackedByZstd };

/** `length` is what the page says, for which there is room. */
function unpackedByZstd(packed: Uint8Array, length: number): Uint8Array {
  const size = zstdFrame(packed)?.size ?? null;
  if (size === null) {
    if (isBeyondWindow(packed)) throw new CannotRead("is damaged: a page takes more memory than it can have");
    return decompress(packed);
  }
  if (size !== length) throw new CannotRead("is damaged: a page is of another length than it says");
  return decompress(packed, new Uint8Array(length));
}
