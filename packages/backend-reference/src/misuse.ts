// The one error that this backend raises: it was called in a way that its contract excludes.

import { BackendError } from "@netwright/runtime";

export const BACKEND_NAME = "reference";

export function misuse(message: string, remedy: string): BackendError {
  return new BackendError(BACKEND_NAME, message, remedy);
}
