// One line of a text with the part to point at, ready for a terminal: tabs as blanks, control characters made
// visible, long lines cut around the part.

import { type Span, unseenAs } from "@netwright/definitions";
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
  return unseenAs("\ufffd", text.replaceAll("\t", TAB)).replace(UNEVEN, "\ufffd");
}

/** Joiners, which take no column of their own, and lone halves of surrogate pairs. */
const UNEVEN = /\u200c|\u200d|[\ud800-\udfff]/gu;

/** Columns on a terminal, taking each character as one. */
function width(text: string): number {
  return [...text].length;
}
