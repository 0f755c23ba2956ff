// A seal is the SHA-256 of a whole file, kept in the file itself: whoever reads a file that has been damaged or edited
// finds another one than it holds. It proves no origin, as anyone can compute it; what is in a sealed file is still checked.

import { bytesToHex } from "@noble/hashes/utils.js";
import { createSha256 } from "./sha256.ts";

/** Stands in a file where its seal will be, and is hashed in its place. */
export const UNSEALED = "0".repeat(64);

const ZEROS = new TextEncoder().encode(UNSEALED);

/** Of a file whose seal stands at byte `at`, whatever is there now. */
export function sealOf(bytes: Uint8Array, at: number): string {
  const hash = createSha256();
  hash.update(bytes.subarray(0, at));
  hash.update(ZEROS);
  hash.update(bytes.subarray(at + ZEROS.length));
  return bytesToHex(hash.digest());
}
