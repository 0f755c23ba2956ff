// Errors of this backend.

import { BackendError } from "@netwright/runtime";

export const BACKEND_NAME = "xla";

export function unusable(reason: string, remedy: string): BackendError {
  return new BackendError(BACKEND_NAME, `the xla backend cannot be used here: ${reason}`, remedy);
}
