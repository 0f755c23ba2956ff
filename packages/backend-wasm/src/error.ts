// Errors of this backend.

import { BackendError } from "@netwright/runtime";

export const BACKEND_NAME = "wasm";

export function unusable(reason: string, remedy: string): BackendError {
  return new BackendError(BACKEND_NAME, `the wasm backend cannot be used here: ${reason}`, remedy);
}
