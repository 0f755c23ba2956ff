// What the exit code tells a script.

import type { Diagnostic } from "@netwright/lang";

export const EXIT = {
  ok: 0,
  /** An error in the file or the data, a training that failed, a run that cannot be read or saved. */
  error: 1,
  /** A mistake in the command line, or a backend that is unknown or cannot be used. */
  usage: 2,
  /** An expectation of the file is not met. */
  unmet: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** NW0810 to NW0816, NW0858 and NW0859 are about the choice of the backend, NW09 about the command line. */
const USAGE = /^NW(0628|081[0-6]|085[89]|0901)$/;

/** For a command that could not do its work. Errors in the file come first. */
export function exitCodeFor(diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return errors.length > 0 && errors.every(({ code }) => USAGE.test(code)) ? EXIT.usage : EXIT.error;
}
