// Offsets of the language to positions of the protocol and back. Both count UTF-16 units; lines of the protocol
// start at 0, and a byte order mark, which the language leaves out, is a character of the first line.

import type { Span } from "@netwright/definitions";
import { lineBounds, lineOf, type SourceText } from "@netwright/lang";
import type { Position, Range } from "vscode-languageserver";

export interface Text {
  readonly source: SourceText;
  /** 1 where the document starts with a byte order mark. */
  readonly mark: 0 | 1;
}

export function positionOf({ source, mark }: Text, offset: number): Position {
  const inside = Math.min(Math.max(0, offset), source.text.length);
  const line = lineOf(source, inside) - 1;
  const character = inside - (source.lineStarts[line] ?? 0);
  return { line, character: line === 0 ? character + mark : character };
}

export function rangeOf(text: Text, { start, end }: Pick<Span, "start" | "end">): Range {
  return { start: positionOf(text, start), end: positionOf(text, end) };
}

/** A position behind the end of its line means that end, one behind the last line the end of the text. */
export function offsetOf({ source, mark }: Text, { line, character }: Position): number {
  if (line >= source.lineStarts.length) return source.text.length;
  const { start, end } = lineBounds(source, line + 1);
  const column = line === 0 ? character - mark : character;
  return Math.min(end, start + Math.max(0, column));
}
