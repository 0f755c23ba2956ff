// The tokens of a file with what stood between them: comments, and how many lines ended. What the formatter
// reads; line ends and comments are no words of their own here.

import type { Token } from "../syntax/tree.ts";
import type { Roles } from "./roles.ts";
import type { Written } from "./spacing.ts";

export interface Word extends Written {
  /** The comments between the word before and this one. */
  readonly remarks: readonly Remark[];
  /** Line ends between what stands before, word or comment, and this word. */
  readonly lines: number;
}

export interface Remark {
  readonly text: string;
  /** It has a line of its own, and does not follow a word. */
  readonly own: boolean;
  /** An empty line stands before it. */
  readonly blank: boolean;
}

/** Ends with a word of the kind `End`, which carries the last comments. */
export function wordsOf(text: string, tokens: readonly Token[], roles: Roles): Word[] {
  const words: Word[] = [];
  let remarks: Remark[] = [];
  let lines = 0;
  for (const { kind, span } of tokens) {
    if (kind === "Newline") lines++;
    else if (kind === "Comment") {
      const own = lines > 0 || words.length === 0;
      remarks.push({ text: text.slice(span.start, span.end).trimEnd(), own, blank: lines > 1 });
      lines = 0;
    } else {
      words.push({ ...written(kind, span, text, roles), remarks, lines });
      remarks = [];
      lines = 0;
    }
  }
  const end = text.length;
  words.push({ kind: "End", text: "", start: end, end, remarks, lines });
  return words;
}

function written(
  kind: string,
  { start, end }: { readonly start: number; readonly end: number },
  text: string,
  roles: Roles,
): Written {
  const word = { kind, text: text.slice(start, end), start, end };
  if (kind === "LParen" && !roles.groups.has(start)) return { ...word, role: "call" };
  if ((kind === "Plus" || kind === "Minus") && !roles.binary.has(start)) return { ...word, role: "sign" };
  return word;
}

/** A line ended somewhere before the word. */
export function startsLine({ lines, remarks }: Word): boolean {
  return lines > 0 || remarks.length > 0;
}
