// SHA-256, by the host where it has one that answers at once, as Node does: it takes a tenth of the time, and a training
// under way stands still while its checkpoint is hashed. Browsers have only one that answers later.

import { sha256 } from "@noble/hashes/sha2.js";

export interface Hashing {
  readonly update: (bytes: Uint8Array) => unknown;
  readonly digest: () => Uint8Array;
}

interface Host {
  readonly process?: {
    readonly getBuiltinModule?: (
      name: "node:crypto",
    ) => { readonly createHash: (name: "sha256") => Hashing } | undefined;
  };
}

export function createSha256(): Hashing {
  const here: Host = globalThis;
  return here.process?.getBuiltinModule?.("node:crypto")?.createHash("sha256") ?? sha256.create();
}
