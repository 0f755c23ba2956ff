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
  const { file, text, lineStarts } = source;
  const last = lineOf(source, offset);
  let line = last;
  for (; line > 1; line--) {
    STATEMENT.lastIndex = lineStarts[line - 1] ?? 0;
    if (STATEMENT.test(text)) break;
  }
  const start = lineStarts[line - 1] ?? 0;
  const part = text.slice(start, lineBounds(source, last).end);
  const tokens = lex({ file, text: part, lineStarts: [0] }, createReport()).all;
  return tokens.map(({ kind, span }) => ({
    kind,
    span: { file, start: span.start + start, end: span.end + start },
  }));
}
