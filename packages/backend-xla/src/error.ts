// Errors of this backend.

import { BackendError } from "@netwright/runtime";

export const BACKEND_NAME = "xla";

const UNUSABLE = "the xla backend cannot be used here: ";

export function unusable(reason: string, remedy: string): BackendError {
  return new BackendError(BACKEND_NAME, UNUSABLE + reason, remedy);
}

/** The reason alone, for where it is clear what cannot be used. */
export function withoutPrefix(message: string): string {
  return message.startsWith(UNUSABLE) ? message.slice(UNUSABLE.length) : message;
}

/** What the plugin itself says, with its code: those of gRPC, 0 where it tells none. */
export class PluginError extends BackendError {
  readonly code: number;
  constructor(text: string, remedy: string, code: number) {
    super(BACKEND_NAME, `the plugin says: ${text}`, remedy);
    this.code = code;
  }
}
