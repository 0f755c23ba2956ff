// Problems of the data package and the runtime as diagnostics, which point at the `.net` line that asked.

import type { DataProblem } from "@netwright/data";
import type { Severity, Span } from "@netwright/definitions";
import type { DataSettings, Diagnostic } from "@netwright/lang";
import type { RuntimeCode, RuntimeProblem } from "@netwright/runtime";
import type { ProjectCode } from "./codes.ts";

export function fromData(problem: DataProblem, settings: DataSettings | undefined): Diagnostic {
  const { code, severity, message, notes, setting } = problem;
  const span = setting === undefined ? undefined : settings?.spans[setting];
  return diagnostic(code, severity, message, notes, span ?? settings?.spans["data"]);
}

export function fromRuntime({ code, message, notes, span }: RuntimeProblem, fallback?: Span): Diagnostic {
  return diagnostic(code, "error", message, notes, span ?? fallback);
}

export function projectError(
  code: ProjectCode,
  message: string,
  notes: readonly string[],
  span: Span | undefined,
): Diagnostic {
  return diagnostic(code, "error", message, notes, span);
}

/** Why a folder cannot be read as a file. */
export const IS_DIRECTORY = "it is a directory";

/** `file` as messages name it; the section is that which asks for it, if one does. */
export function unreadableData(
  file: string,
  reason: string,
  notes: readonly string[],
  section: DataSettings | undefined,
): Diagnostic {
  const message = `the data file \`${file}\` cannot be read: ${reason}`;
  return projectError("NW0610", message, notes, section?.spans["source"]);
}

export function projectWarning(
  code: ProjectCode,
  message: string,
  notes: readonly string[],
  span?: Span,
): Diagnostic {
  return diagnostic(code, "warning", message, notes, span);
}

export function runtimeWarning(code: RuntimeCode, message: string, notes: readonly string[]): Diagnostic {
  return diagnostic(code, "warning", message, notes, undefined);
}

function diagnostic(
  code: string,
  severity: Severity,
  message: string,
  notes: readonly string[],
  span: Span | undefined,
): Diagnostic {
  return { code, severity, message, notes, ...(span === undefined ? {} : { span }) };
}
