// Diagnostics as data with lines and columns in place of offsets, for `--format json` and other tools.

import type { Severity, Span } from "@netwright/definitions";
import type { Diagnostic } from "../diagnostic.ts";
import { positionAt, type Sources } from "../source/source-text.ts";

/** Lines and columns from 1, columns in code points; the end is exclusive. Null where no text is involved. */
export interface JsonPlace {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
}

export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly notes: readonly string[];
  readonly fix: {
    readonly title: string;
    readonly edits: readonly (JsonPlace & { readonly text: string })[];
  } | null;
}

export function diagnosticsToJson(diagnostics: readonly Diagnostic[], sources: Sources): JsonDiagnostic[] {
  return diagnostics.map(({ span, code, severity, message, notes, fix }) => ({
    ...placeOf(span, sources),
    code,
    severity,
    message,
    notes,
    fix:
      fix === undefined
        ? null
        : {
            title: fix.title,
            edits: fix.edits.map((edit) => ({ ...placeOf(edit.span, sources), text: edit.text })),
          },
  }));
}

function placeOf(span: Span | undefined, sources: Sources): JsonPlace {
  const source = span === undefined ? undefined : sources.get(span.file);
  if (span === undefined || source === undefined) {
    return { file: span?.file ?? null, line: null, column: null, endLine: null, endColumn: null };
  }
  const start = positionAt(source, span.start);
  const end = positionAt(source, span.end);
  return {
    file: span.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}
