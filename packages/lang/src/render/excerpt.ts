// One line of a text with the part to point at, ready for a terminal: tabs as blanks, control characters made
// visible, long lines cut around the part.

import type { Span } from "@netwright/definitions";
import { lineBounds, lineOf, type SourceText } from "../source/source-text.ts";

export interface Excerpt {
  readonly line: number;
  readonly text: string;
  /** Columns of `text`, from 0. */
  readonly caretStart: number;
  readonly caretLength: number;
}

const TAB = "    ";
/** Longer lines are cut to about this many characters, on a narrow terminal to fewer. */
const WIDEST = 110;
const LEFT_OF_SPAN = 40;
/** A cut line is marked at both ends. */
const MARKS = 2;
const ELLIPSIS = "…";

export function excerptOf(source: SourceText, span: Span, room = Number.POSITIVE_INFINITY): Excerpt {
  const widest = Math.min(WIDEST, Math.max(1, room - MARKS));
  const leftOfSpan = Math.min(LEFT_OF_SPAN, Math.floor(widest / 3));
  const { text } = source;
  const spanStart = Math.min(Math.max(0, span.start), text.length);
  const line = lineOf(source, spanStart);
  const { start, end } = lineBounds(source, line);
  const from = Math.min(spanStart, end);
  const to = Math.max(from, Math.min(span.end, end));
  const long = end - start > Math.min(WIDEST, room);
  const left = long
    ? wholeCharacter(text, Math.max(start, Math.min(from - leftOfSpan, end - widest)))
    : start;
  const right = long ? wholeCharacter(text, Math.min(end, left + widest)) : end;
  const prefix = left > start ? ELLIPSIS : "";
  const suffix = right < end ? ELLIPSIS : "";
  const before = prefix + visible(text.slice(left, from));
  const marked = visible(text.slice(from, Math.min(to, right)));
  const after = visible(text.slice(Math.min(to, right), right)) + suffix;
  return {
    line,
    // Blanks that the caret stands on or behind stay.
    text: before + marked + after.trimEnd(),
    caretStart: width(before),
    caretLength: Math.max(1, width(marked)),
  };
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

function visible(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === "\t") out += TAB;
    else out += code < 0x20 || (code >= 0x7f && code < 0xa0) || isHidden(code) ? "\ufffd" : character;
  }
  return out;
}

/** Characters that reorder or hide text on a terminal, and lone halves of surrogate pairs. */
function isHidden(code: number): boolean {
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfeff
  );
}

/** Columns on a terminal, taking each character as one. */
function width(text: string): number {
  return [...text].length;
}
