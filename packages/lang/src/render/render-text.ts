// Diagnostics as text for people: place, code, message, the line with a caret, notes and the fix.
//
//   concrete.net:24:9  error NW0301  dense has no parameter `unit`
//      24 |   dense(unit: 512)
//         |         ^^^^ did you mean `units`?

import type { Diagnostic } from "../diagnostic.ts";
import { positionAt, type Sources } from "../source/source-text.ts";
import { excerptOf } from "./excerpt.ts";

/** How the parts are painted; each function gets text and gives it back with colours. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly place: (text: string) => string;
  readonly gutter: (text: string) => string;
  readonly fix: (text: string) => string;
}

const plain = (text: string): string => text;
const noPaint: Paint = { error: plain, warning: plain, place: plain, gutter: plain, fix: plain };

/** One block for each diagnostic, blank lines between; empty for none. Each block ends with a line end. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  paint: Partial<Paint> = {},
): string {
  const full = { ...noPaint, ...paint };
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, sources, full)).join("\n");
}

function renderDiagnostic(diagnostic: Diagnostic, sources: Sources, paint: Paint): string {
  const { severity, code, message, span, notes, fix } = diagnostic;
  const accent = paint[severity];
  const heading = `${accent(`${severity} ${code}`)}  ${message}`;
  const source = span === undefined ? undefined : sources.get(span.file);
  const lines: string[] = [];
  let margin = "      ";
  let shownFix = false;
  if (span === undefined || source === undefined) {
    lines.push(span === undefined ? heading : `${paint.place(span.file)}  ${heading}`);
  } else {
    const { line, column } = positionAt(source, span.start);
    lines.push(`${paint.place(`${span.file}:${line}:${column}`)}  ${heading}`);
    const excerpt = excerptOf(source, span);
    const number = String(excerpt.line).padStart(5);
    margin = " ".repeat(number.length + 1);
    if (excerpt.text !== "") {
      const caret = accent("^".repeat(excerpt.caretLength));
      const help = fix === undefined ? "" : ` ${paint.fix(fix.title)}`;
      shownFix = true;
      lines.push(`${paint.gutter(`${number} |`)} ${excerpt.text}`);
      lines.push(`${paint.gutter(`${margin}|`)} ${" ".repeat(excerpt.caretStart)}${caret}${help}`);
    }
  }
  for (const note of notes) lines.push(`${paint.gutter(`${margin}=`)} ${note}`);
  if (fix !== undefined && !shownFix) lines.push(`${paint.gutter(`${margin}=`)} ${paint.fix(fix.title)}`);
  return `${lines.join("\n")}\n`;
}
