// Collects diagnostics while a phase runs. Phases get a `Report` and go on after a problem.

import type { Span } from "@netwright/definitions";
import type { Code } from "./codes.ts";
import type { Diagnostic, Edit, Fix } from "./diagnostic.ts";

export interface Details {
  readonly notes?: readonly string[];
  readonly fix?: Fix | undefined;
}

export interface Report {
  error(code: Code, span: Span, message: string, details?: Details): void;
  warning(code: Code, span: Span, message: string, details?: Details): void;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The same message at the same place is kept once: a block that is used ten times has its mistake once.
 * `isSilenced` tells the places of which enough has been said.
 */
export function createReport(isSilenced: (span: Span) => boolean = () => false): Report {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const add =
    (severity: Diagnostic["severity"]): Report["error"] =>
    (code, span, message, details = {}) => {
      const key = `${code} ${span.start} ${span.end} ${span.file} ${message}`;
      if (seen.has(key) || isSilenced(span)) return;
      seen.add(key);
      const { fix, notes = [] } = details;
      diagnostics.push({ code, severity, span, message, notes, ...(fix === undefined ? {} : { fix }) });
    };
  return { error: add("error"), warning: add("warning"), diagnostics };
}

/** A fix of one edit. */
export function replaceBy(span: Span, text: string, title = `did you mean \`${text}\`?`): Fix {
  const edit: Edit = { span, text };
  return { title, edits: [edit] };
}
