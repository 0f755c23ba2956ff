// SHA-256 in lower-case hexadecimal: the one kind of hash in run records.

import { bytesToHex } from "@noble/hashes/utils.js";
import { createSha256 } from "./sha256.ts";

export function hashBytes(bytes: Uint8Array): string {
  const hash = createSha256();
  hash.update(bytes);
  return bytesToHex(hash.digest());
}

/** Of the text in UTF-8. */
export function hashText(text: string): string {
  return hashBytes(new TextEncoder().encode(text));
}
