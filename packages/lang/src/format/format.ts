// The canonical form of a `.net` text: one spelling of blanks, line ends and separators, with every word, number
// and comment kept. Text that does not follow the grammar is given back as it is, with what is wrong.

import type { Diagnostic } from "../diagnostic.ts";
import { createReport } from "../report.ts";
import { reportVersion } from "../resolve/declarations.ts";
import { sourceText } from "../source/source-text.ts";
import { lex } from "../syntax/lex.ts";
import { parse } from "../syntax/parse.ts";
import type { Token } from "../syntax/tree.ts";
import { buildDoc } from "./build-doc.ts";
import { renderDoc } from "./render-doc.ts";
import { rolesOf } from "./roles.ts";
import { wordsOf } from "./words.ts";

/** Columns of a line; comments and single words may be longer. */
export const LINE_WIDTH = 100;

export interface Formatted {
  /** In canonical form; the very text that was given when there are diagnostics. */
  readonly text: string;
  /** Why the text cannot be read. What is wrong beyond the grammar keeps no text from its form. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `file` is the name that spans of diagnostics carry. */
export function format(text: string, file = "text.net"): Formatted {
  const source = sourceText(file, text);
  const report = createReport();
  const tree = parse(source, report);
  for (const item of tree.items) if (item.kind === "version") reportVersion(item, report);
  const diagnostics = report.diagnostics.filter(({ code }) => code !== EMPTY);
  if (diagnostics.length > 0) return { text, diagnostics };
  const roles = rolesOf(tree);
  const lines = renderDoc(buildDoc(source.text, wordsOf(source.text, tree.tokens, roles), roles), LINE_WIDTH);
  const formatted = lines === "" ? "" : `${lines}\n`;
  assertKept(source.text, tree.tokens, formatted);
  return { text: formatted, diagnostics: [] };
}

/** A text of comments alone has a form, too. */
const EMPTY = "NW0102";

/** Whatever mistake this package may have, no word and no comment of the user goes or comes. */
function assertKept(text: string, tokens: readonly Token[], formatted: string): void {
  const after = lex(sourceText("", formatted), createReport()).all;
  const [then, now] = [spellings(text, tokens), spellings(formatted, after)];
  const same = then.length === now.length && then.every((spelling, i) => spelling === now[i]);
  if (!same) throw new Error("the formatter would have changed more than blanks; the text is kept as it is");
}

/** Words in order, then comments; a comment inside a statement may move. */
function spellings(text: string, tokens: readonly Token[]): string[] {
  const words: string[] = [];
  const comments: string[] = [];
  for (const { kind, span } of tokens) {
    const spelling = text.slice(span.start, span.end);
    if (kind === "Comment") comments.push(spelling.trimEnd());
    else if (kind !== "Newline" && kind !== "Comma") words.push(spelling);
  }
  return [...words, ...comments.sort()];
}
