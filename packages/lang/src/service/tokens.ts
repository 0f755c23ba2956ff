// The tokens of a text alone, much sooner than its tree: enough for what is asked at every keystroke.

import { createReport } from "../report.ts";
import type { SourceText } from "../source/source-text.ts";
import { lex } from "../syntax/lex.ts";
import type { Token } from "../syntax/tree.ts";

/** All of them in order, line ends and comments too. */
export function tokensOf(source: SourceText): readonly Token[] {
  return lex(source, createReport()).all;
}
