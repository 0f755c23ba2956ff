// What `netwright check` says of a text, in the shape of the protocol.

import { visible } from "@netwright/definitions";
import type { Diagnostic } from "@netwright/lang";
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as ProtocolDiagnostic,
  type Range,
} from "vscode-languageserver";
import { positionOf, rangeOf } from "../text/positions.ts";
import type { View } from "../workspace/view.ts";

const UNUSED: ReadonlySet<string> = new Set(["NW0225", "NW0504"]);

export function protocolDiagnostics(view: View): ProtocolDiagnostic[] {
  return view.diagnostics.map((diagnostic) => protocolDiagnostic(view, diagnostic));
}

export function protocolDiagnostic(view: View, diagnostic: Diagnostic): ProtocolDiagnostic {
  const { code, severity, message, notes } = diagnostic;
  return {
    range: placeOf(view, diagnostic),
    severity: severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    source: "netwright",
    message: [elsewhere(view, diagnostic) + message, ...notes].map(visible).join("\n"),
    ...(UNUSED.has(code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

/** A problem of a used file is shown at the `use` statements. */
function placeOf({ text, analysis }: View, { span }: Diagnostic): Range {
  if (span !== undefined && span.file === text.source.file) return rangeOf(text, span);
  const use = analysis.tree.items.find(({ kind }) => kind === "use");
  return rangeOf(text, use?.span ?? { start: 0, end: 0 });
}

function elsewhere({ text, analysis }: View, { span }: Diagnostic): string {
  const source =
    span === undefined || span.file === text.source.file ? undefined : analysis.sources.get(span.file);
  if (span === undefined || source === undefined) return "";
  const { line, character } = positionOf({ source, mark: 0 }, span.start);
  return `${span.file}:${line + 1}:${character + 1}: `;
}
