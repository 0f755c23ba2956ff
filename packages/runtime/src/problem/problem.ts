// Something that went wrong and that the user can mend, as plain data: returned, never thrown.
// The caller turns it into a diagnostic; `span` is there where a place in the `.net` text is to blame.

import type { DataCode } from "@netwright/data";
import type { Origin } from "@netwright/ir";
import type { RuntimeCode } from "./codes.ts";

export interface RuntimeProblem {
  /** Saved encoders that cannot be read keep the code of the data package. */
  readonly code: RuntimeCode | DataCode;
  /** One or two sentences: what was found and what was expected. */
  readonly message: string;
  /** What may have led here and what to do: one sentence each. */
  readonly notes: readonly string[];
  readonly span?: NonNullable<Origin["span"]>;
}

/** Either what was asked for or every reason why not. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly RuntimeProblem[] };

export function problem(code: RuntimeCode, message: string, ...notes: readonly string[]): RuntimeProblem {
  return { code, message, notes };
}

export function succeed<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function fail(...problems: readonly RuntimeProblem[]): Outcome<never> {
  return { ok: false, problems };
}
