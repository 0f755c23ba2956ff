// The tokens of a text alone, much sooner than its tree, and those of one statement, sooner still: enough for
// what is asked at every keystroke.

import { createReport } from "../report.ts";
import { lineBounds, lineOf, type SourceText } from "../source/source-text.ts";
import { lex } from "../syntax/lex.ts";
import type { Token } from "../syntax/tree.ts";

/** All of them in order, line ends and comments too. */
export function tokensOf(source: SourceText): readonly Token[] {
  return lex(source, createReport()).all;
}

// No token goes over the end of a line, so what starts a line here starts a token.
const STATEMENT = /(?:param|use|data|block|model|train|expect)\b/y;

/** From the statement at the margin that an offset is in or behind, up to the end of its line. */
export function tokensAround(source: SourceText, offset: number): readonly Token[] {
  const last = lineOf(source, offset);
  let line = last;
  while (line > 1 && !startsStatement(source, line)) line--;
  return tokensBetween(source, source.lineStarts[line - 1] ?? 0, lineBounds(source, last).end);
}

/** From an offset between two tokens up to the next statement at the margin. */
export function tokensBehind(source: SourceText, offset: number): readonly Token[] {
  let line = lineOf(source, offset) + 1;
  while (line <= source.lineStarts.length && !startsStatement(source, line)) line++;
  return tokensBetween(source, offset, source.lineStarts[line - 1] ?? source.text.length);
}

function startsStatement({ text, lineStarts }: SourceText, line: number): boolean {
  STATEMENT.lastIndex = lineStarts[line - 1] ?? 0;
  return STATEMENT.test(text);
}

function tokensBetween({ file, text }: SourceText, start: number, end: number): readonly Token[] {
  const part = { file, text: text.slice(start, end), lineStarts: [0] };
  return lex(part, createReport()).all.map(({ kind, span }) => ({
    kind,
    span: { file, start: span.start + start, end: span.end + start },
  }));
}
