// A place in a `.net` text. Every token, tree node, resolved value and IR operation carries one,
// so that a problem found anywhere later can point at the line that caused it.

/** Half-open range of UTF-16 offsets, `[start, end)`, in the text registered under `file`. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** The smallest span that covers both; they must lie in the same file. */
export function cover(a: Span, b: Span): Span {
  return { file: a.file, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
