// Misuse must be answered with a BackendError: a message and what to do about it.

import { ConformanceError, require } from "../kit/case.ts";

/** @throws ConformanceError when `misuse` succeeds or fails in another way. */
export function requireBackendError(what: string, misuse: () => unknown): void {
  let thrown: unknown;
  try {
    misuse();
  } catch (error) {
    thrown = error;
  }
  if (thrown === undefined) throw new ConformanceError(`${what} was accepted; expected a BackendError`);
  // By name: a backend may come with a copy of the runtime of its own.
  require(thrown instanceof Error &&
    thrown.name === "BackendError", `${what}: expected a BackendError, got ${String(thrown)}`);
  require("remedy" in thrown &&
    typeof thrown.remedy === "string" &&
    thrown.remedy.length > 0, `${what}: the BackendError does not say what to do (remedy is empty)`);
}
