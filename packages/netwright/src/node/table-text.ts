// The bytes of a table as text: unpacked, if gzip has packed them, and in the encoding that their first bytes tell.

import { constants, gunzipSync } from "node:zlib";

/** As long as a text can be. */
const MOST_BYTES = 2 ** 29 - 24;

/** @throws an error of the system with a `code` when the bytes are damaged, or too many */
export function tableText(bytes: Buffer): string {
  return decoded(isPacked(bytes) ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes);
}

/** The text of the first bytes of a table: what is cut off is no mistake. */
export function startText(bytes: Buffer): string {
  if (!isPacked(bytes)) return decoded(bytes);
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_BYTES };
  return decoded(gunzipSync(bytes, options));
}

function isPacked(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.length - (bytes.length % 2);
    return Buffer.from(bytes.subarray(0, even)).swap16().toString("utf16le");
  }
  return bytes.toString("utf8");
}
