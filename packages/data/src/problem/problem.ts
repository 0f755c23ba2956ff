// A mistake in the data or in what is asked of it, as plain data: collected and returned, never thrown.
// The caller turns it into a diagnostic: `setting` says which line of the `.net` file it concerns.

import type { Severity } from "@netwright/definitions";
import type { DataCode } from "./codes.ts";

export interface DataProblem {
  readonly code: DataCode;
  readonly severity: Severity;
  /** One or two sentences: what was found and what was expected. */
  readonly message: string;
  /** What may have led here and what to do: one sentence each. */
  readonly notes: readonly string[];
  /** Path in the `data` section: `source`, `target`, `features`, `scale`, `split`, `columns.Age`. */
  readonly setting?: string;
  /** Data row, counted from 1; the header is not counted. */
  readonly row?: number;
  /** Line of the file, counted from 1; absent for data that came from no file. */
  readonly line?: number;
  readonly column?: string;
}

/** Everything but code, severity and message; `undefined` is the same as absent. */
export interface ProblemDetails {
  readonly notes?: readonly string[];
  readonly setting?: string | undefined;
  readonly row?: number | undefined;
  readonly line?: number | undefined;
  readonly column?: string | undefined;
}

export function error(code: DataCode, message: string, details: ProblemDetails = {}): DataProblem {
  return build(code, "error", message, details);
}

export function warning(code: DataCode, message: string, details: ProblemDetails = {}): DataProblem {
  return build(code, "warning", message, details);
}

function build(
  code: DataCode,
  severity: Severity,
  message: string,
  { notes = [], setting, row, line, column }: ProblemDetails,
): DataProblem {
  return {
    code,
    severity,
    message,
    notes,
    ...(setting === undefined ? {} : { setting }),
    ...(row === undefined ? {} : { row }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}
