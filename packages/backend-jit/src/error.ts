// The one error that this backend raises towards its callers.

import { BackendError } from "@netwright/runtime";

export const BACKEND_NAME = "jit";

export function jitError(message: string, remedy: string): BackendError {
  return new BackendError(BACKEND_NAME, message, remedy);
}

/** For a host, as a page by its policy, that lets nobody compile WebAssembly; with what the engine says of it. */
export function forbiddenBy({ message }: Error): BackendError {
  return jitError(
    `WebAssembly may not be compiled here: ${message}`,
    "Allow it: a page does by `'wasm-unsafe-eval'` in `script-src` of its Content-Security-Policy. Or use the backend `reference`.",
  );
}

/** For a program that is larger than the memory that there is. */
export function tooLarge(message: string, remedy: string): BackendError {
  return new BackendError(BACKEND_NAME, message, remedy, "memory");
}
