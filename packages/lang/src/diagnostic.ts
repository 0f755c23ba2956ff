// A user's mistake as data: what, where, why and how to mend it.
// Diagnostics are collected and returned, never thrown.

import type { Severity, Span } from "@netwright/definitions";

/** Replaces the text at `span` by `text`. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** One change that mends the problem, with a title for people: "did you mean `units`?". */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

export interface Diagnostic {
  /** Stable code, `NW` and four digits; the table is in `codes.ts`. */
  readonly code: string;
  readonly severity: Severity;
  /** Absent where no `.net` text is involved, as with the input file of a prediction. */
  readonly span?: Span;
  readonly message: string;
  /** What was expected, the chain that led here, what to do: one sentence each. */
  readonly notes: readonly string[];
  readonly fix?: Fix;
}
