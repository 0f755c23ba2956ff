// SHA-256 as @noble/hashes has it, computed by Node: `bundle.mjs` puts this in its place. The weights of a run are
// hashed when it is read, and in a process that is just starting JavaScript takes 20 times as long.

import { createHash } from "node:crypto";

export const sha256 = Object.assign(
  (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest(),
  { create: () => createHash("sha256") },
);
