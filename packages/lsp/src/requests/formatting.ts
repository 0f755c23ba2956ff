// textDocument/formatting: the canonical form, as one edit of the part that differs. A text that does not
// follow the grammar stays as it is; its diagnostics say why.

import { format } from "@netwright/lang";
import type { DocumentFormattingParams, TextEdit } from "vscode-languageserver";
import { rangeOf } from "../text/positions.ts";
import type { Workspace } from "../workspace/workspace.ts";

export function formatting(
  workspace: Workspace,
  { textDocument }: DocumentFormattingParams,
): TextEdit[] | null {
  const glance = workspace.glance(textDocument.uri);
  if (glance === undefined) return null;
  const { text } = glance;
  const before = text.source.text;
  const formatted = format(before, text.source.file);
  if (formatted.diagnostics.length > 0) return null;
  // An editor keeps the line ends of its document; those of an edit are the document's own.
  const after = before.includes("\r\n") ? formatted.text.replaceAll("\n", "\r\n") : formatted.text;
  if (after === before) return [];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  // Neither end inside of a CRLF or of a pair of surrogates.
  start = wholeBefore(before, after, start);
  while (tail > 0 && (splits(before, before.length - tail) || splits(after, after.length - tail))) tail--;
  const range = rangeOf(text, { start, end: before.length - tail });
  return [{ range, newText: after.slice(start, after.length - tail) }];
}

function wholeBefore(before: string, after: string, offset: number): number {
  let start = offset;
  while (start > 0 && (splits(before, start) || splits(after, start))) start--;
  return start;
}

/** An edit at this offset would part what belongs together. */
function splits(text: string, offset: number): boolean {
  const [left, right] = [text.charCodeAt(offset - 1), text.charCodeAt(offset)];
  return (left === 13 && right === 10) || (left >= 0xd800 && left <= 0xdbff);
}
