// What can be folded: bodies in braces and brackets over several lines, and runs of comment lines.

import { lineOf, type SourceText } from "../source/source-text.ts";
import type { Token } from "../syntax/tree.ts";

/** Lines from 1, both of them shown when folded: the closing bracket's line is not part. */
export interface Fold {
  readonly from: number;
  readonly to: number;
  readonly kind: "region" | "comment";
}

const CLOSERS: Readonly<Record<string, string>> = { LBrace: "RBrace", LParen: "RParen", LSquare: "RSquare" };

export function foldsOf(tokens: readonly Token[], source: SourceText): Fold[] {
  const folds: Fold[] = [];
  const open: { readonly closer: string; readonly line: number }[] = [];
  let comment: { readonly from: number; to: number } | undefined;
  const endComment = (): void => {
    if (comment !== undefined && comment.to > comment.from) folds.push({ ...comment, kind: "comment" });
    comment = undefined;
  };
  let lastCode = 0;
  for (const { kind, span } of tokens) {
    if (kind === "Newline") continue;
    const line = lineOf(source, span.start);
    if (kind === "Comment") {
      // A comment behind code begins no run.
      if (lastCode === line) continue;
      if (comment !== undefined && comment.to === line - 1) comment.to = line;
      else {
        endComment();
        comment = { from: line, to: line };
      }
      continue;
    }
    endComment();
    lastCode = line;
    const closer = CLOSERS[kind];
    if (closer !== undefined) open.push({ closer, line });
    else if (kind === "RBrace" || kind === "RParen" || kind === "RSquare") {
      const at = open.findLastIndex((bracket) => bracket.closer === kind);
      const bracket = open[at];
      if (bracket === undefined) continue;
      open.splice(at);
      if (line - 1 > bracket.line) folds.push({ from: bracket.line, to: line - 1, kind: "region" });
    }
  }
  endComment();
  return folds.sort((a, b) => a.from - b.from || a.to - b.to);
}
