// Diagnostics as text for people: place, code, message, the line with a caret, notes and the fix.
//
//   concrete.net:24:9  error NW0301  dense has no parameter `unit`
//      24 |   dense(unit: 512)
//         |         ^^^^ did you mean `units`?

import { visible } from "@netwright/definitions";
import type { Diagnostic } from "../diagnostic.ts";
import { positionAt, type Sources } from "../source/source-text.ts";
import { excerptOf } from "./excerpt.ts";
import { wrap } from "./wrap.ts";

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

/** Narrower terminals get lines of this many characters. */
const NARROWEST = 24;

/**
 * One block for each diagnostic, blank lines between; empty for none. Each block ends with a line end. Prose is broken
 * at blanks to lines of `width` characters and excerpts are cut to them; without a width, as for a pipe, it is not, so
 * that a message can be searched for.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  paint: Partial<Paint> = {},
  width = Number.POSITIVE_INFINITY,
): string {
  const full = { ...noPaint, ...paint };
  const least = Math.max(width, NARROWEST);
  return diagnostics.map((one) => renderDiagnostic(shown(one), sources, full, least)).join("\n");
}

/** Paths and names in it may be a stranger's. */
function shown(diagnostic: Diagnostic): Diagnostic {
  const { message, notes, fix } = diagnostic;
  return {
    ...diagnostic,
    message: visible(message),
    notes: notes.map(visible),
    ...(fix === undefined ? {} : { fix: { ...fix, title: visible(fix.title) } }),
  };
}

function renderDiagnostic(diagnostic: Diagnostic, sources: Sources, paint: Paint, width: number): string {
  const { severity, span, notes, fix } = diagnostic;
  const source = span === undefined ? undefined : sources.get(span.file);
  const lines: string[] = [];
  let margin = "      ";
  let shownFix = false;
  if (span === undefined || source === undefined) {
    lines.push(heading(diagnostic, span === undefined ? undefined : visible(span.file), paint, width));
  } else {
    const { line, column } = positionAt(source, span.start);
    lines.push(heading(diagnostic, `${visible(span.file)}:${line}:${column}`, paint, width));
    const number = String(line).padStart(5);
    margin = " ".repeat(number.length + 1);
    const excerpt = excerptOf(source, span, width - margin.length - 2);
    if (excerpt.text !== "") {
      const caret = paint[severity]("^".repeat(excerpt.caretLength));
      const used = margin.length + 2 + excerpt.caretStart + excerpt.caretLength + 1;
      shownFix = fix !== undefined && used + fix.title.length <= width;
      const help = fix === undefined || !shownFix ? "" : ` ${paint.fix(fix.title)}`;
      lines.push(`${paint.gutter(`${number} |`)} ${excerpt.text}`);
      lines.push(`${paint.gutter(`${margin}|`)} ${" ".repeat(excerpt.caretStart)}${caret}${help}`);
    }
  }
  const remark = (text: string, painted: (text: string) => string): string => {
    const [first = "", ...rest] = prose(text, margin.length + 2, width, painted);
    return [`${paint.gutter(`${margin}=`)} ${first}`, ...rest.map((line) => `${margin}  ${line}`)].join("\n");
  };
  const remarks = notes.map((note) => remark(note, plain));
  if (fix !== undefined && !shownFix) {
    // What does not fit behind the caret stands below it.
    const at = lines.length > 1 ? 0 : remarks.length;
    remarks.splice(at, 0, remark(fix.title, paint.fix));
  }
  lines.push(...remarks);
  return `${lines.join("\n")}\n`;
}

/** Room that a message should have beside its place and code; with less it begins below the place. */
const LEAST_ROOM = 20;

function heading(
  { severity, code, message }: Diagnostic,
  place: string | undefined,
  paint: Paint,
  width: number,
): string {
  const what = `${severity} ${code}`;
  const painted = paint[severity](what);
  const beside = place === undefined ? 0 : place.length + 2;
  const below = beside + what.length + 2 + LEAST_ROOM > width && place !== undefined;
  const used = (below ? 2 : beside) + what.length + 2;
  const [first = "", ...rest] = prose(message, used, width, plain, below ? 4 : 2);
  const start = place === undefined ? "" : `${paint.place(place)}${below ? "\n  " : "  "}`;
  return [`${start}${painted}  ${first}`, ...rest.map((line) => `${below ? "    " : "  "}${line}`)].join(
    "\n",
  );
}

/** Lines of a text that begins behind `used` characters; those that follow are set in by `indent`, not written here. */
function prose(
  text: string,
  used: number,
  width: number,
  painted: (text: string) => string,
  indent = used,
): string[] {
  if (!Number.isFinite(width)) return [painted(text)];
  const first = " ".repeat(used);
  const rest = " ".repeat(indent);
  return wrap([{ text, paint: painted }], width, first, rest)
    .split("\n")
    .map((line, i) => line.slice(i === 0 ? used : indent));
}
