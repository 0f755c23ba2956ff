// The start of a table's text, from which its dialect is found. `header` sees nothing else, so that it agrees with
// `readCsv`, which looks at the same part.

import type { StartText } from "../scan/start-text.ts";
import { normalizeText } from "./csv-records.ts";

/** Characters of the sample, unless its first lines are longer. */
const SIZE = 16_384;
/** Lines that it holds at least. */
const LINES = 12;
/** More than this is looked at in no case. */
const MOST = 1 << 22;

export interface Sample {
  /** Normalized; whole lines. */
  readonly text: string;
  /** Whether it is the whole text. */
  readonly whole: boolean;
}

export function sampleOf({ text, whole }: StartText): Sample {
  // Line ends of two characters, all of them, would halve it.
  const most = Math.min(Math.max(2 * SIZE, endOfLines(text)), MOST);
  const start = normalizeText(text.slice(0, most), whole && most >= text.length);
  const end = Math.max(SIZE, endOfLines(start));
  if (whole && most >= text.length && end >= start.length) return { text: start, whole: true };
  const cut = start.lastIndexOf("\n", end);
  return { text: cut < 0 ? start : start.slice(0, cut), whole: false };
}

/** Whether the sample of a longer text would be the same. */
export function holdsSample(text: string): boolean {
  return text.length > MOST || text.length > Math.max(2 * SIZE, endOfLines(text)) + 1;
}

/** Where the first lines end, in text of any line ends. */
function endOfLines(text: string): number {
  let lines = 0;
  for (let i = 0; i < text.length && i < MOST; i++) {
    const character = text[i];
    if (character === "\n" || (character === "\r" && text[i + 1] !== "\n")) lines += 1;
    if (lines === LINES) return i + 1;
  }
  return Math.min(text.length, MOST);
}
