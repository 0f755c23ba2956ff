// The one error that this backend raises towards its callers.

import { BackendError } from "@netwright/runtime";

export const BACKEND_NAME = "jit";

export function jitError(message: string, remedy: string): BackendError {
  return new BackendError(BACKEND_NAME, message, remedy);
}

/** For a program that is larger than the memory that there is. */
export function tooLarge(message: string, remedy: string): BackendError {
  return new BackendError(BACKEND_NAME, message, remedy, "memory");
}
