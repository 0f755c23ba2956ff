// The text of one file (or of one `--set` override) with its line starts. Offsets are UTF-16 offsets in
// `text`, which has no byte order mark; lines end with LF, CRLF or CR and columns count code points from 1.

export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
}

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in code points. */
  readonly column: number;
}

/** The texts that spans point into, by the name in `Span.file`. */
export type Sources = ReadonlyMap<string, SourceText>;

const BYTE_ORDER_MARK = 0xfeff;

export function sourceText(file: string, raw: string): SourceText {
  const text = raw.charCodeAt(0) === BYTE_ORDER_MARK ? raw.slice(1) : raw;
  const lineStarts = [0];
  const lineEnd = /\r\n|\n|\r/g;
  for (let found = lineEnd.exec(text); found !== null; found = lineEnd.exec(text)) {
    lineStarts.push(lineEnd.lastIndex);
  }
  return { file, text, lineStarts };
}

/** Line number, from 1, of an offset; offsets outside the text count as its ends. */
export function lineOf(source: SourceText, offset: number): number {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

export function positionAt(source: SourceText, offset: number): Position {
  const line = lineOf(source, offset);
  const start = source.lineStarts[line - 1] ?? 0;
  const end = Math.min(Math.max(offset, start), source.text.length);
  let column = 1;
  for (let i = start; i < end; i++) {
    if (!isLowSurrogate(source.text.charCodeAt(i))) column++;
  }
  return { line, column };
}

/** Start and end offsets of a line, without its line break. */
export function lineBounds(
  source: SourceText,
  line: number,
): { readonly start: number; readonly end: number } {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  let end = source.lineStarts[line] ?? source.text.length;
  while (end > start && isLineBreak(source.text.charCodeAt(end - 1))) end--;
  return { start, end };
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}
