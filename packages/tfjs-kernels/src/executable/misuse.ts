// Errors of a caller of an executable, the same for every backend on tfjs.

import { BackendError } from "@netwright/runtime";

export function misuse(backend: string, message: string, remedy: string): BackendError {
  return new BackendError(backend, message, remedy);
}

/** For messages: the kind of array that a caller passed. */
export function arrayKind(data: ArrayBufferView): string {
  return Object.prototype.toString.call(data).slice(8, -1);
}
