// Functions of node:util that tfjs-node 4.22 calls and Node 23 has removed, supplied before it is loaded. What
// Node still has stays as it is.

import { createRequire } from "node:module";

const removed = {
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
  isArray: (value: unknown): boolean => Array.isArray(value),
} as const;

export function supplyRemovedFunctions(): void {
  // The object that `require` gives is the one tfjs-node sees; an ES module's view of it cannot be changed.
  const util: Record<string, unknown> = createRequire(import.meta.url)("node:util");
  for (const [name, supplied] of Object.entries(removed)) {
    if (typeof util[name] !== "function") util[name] = supplied;
  }
}
