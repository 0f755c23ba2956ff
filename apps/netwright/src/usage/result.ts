// What a command gives back; `run.ts` prints it. Diagnostics have been reported to the session by then.

import type { Diagnostic, Sources } from "@netwright/lang";
import type { Checked } from "netwright";
import { EXIT, type ExitCode, exitCodeFor } from "./exit-code.ts";
import type { Session } from "./session.ts";

export interface CommandResult {
  readonly exit: ExitCode;
  /** On standard output; ends with a line end unless it is empty. */
  readonly text: string;
  /** The text is for programs, which get every character as it is; only a terminal, at which a person sits, does not. */
  readonly isData?: boolean;
  /** The last line of standard output with `--format json`, together with the diagnostics. */
  readonly json: Readonly<Record<string, unknown>>;
}

export function done(text: string, json: CommandResult["json"], exit: ExitCode = EXIT.ok): CommandResult {
  return { exit, text, json };
}

/** The text is for programs: a table, a program, a schema. */
export function doneWithData(text: string, json: CommandResult["json"]): CommandResult {
  return { exit: EXIT.ok, text, json, isData: true };
}

/** Reports why the command could not do its work. */
export function failed(
  session: Session,
  diagnostics: readonly Diagnostic[],
  sources?: Sources,
): CommandResult {
  session.report(diagnostics, sources);
  return { exit: exitCodeFor(diagnostics), text: "", json: {} };
}

export function failedWith(session: Session, ...checked: readonly Checked<unknown>[]): CommandResult {
  for (const { diagnostics, sources } of checked) session.report(diagnostics, sources);
  const all = checked.flatMap(({ diagnostics }) => diagnostics);
  return { exit: exitCodeFor(all), text: "", json: {} };
}
