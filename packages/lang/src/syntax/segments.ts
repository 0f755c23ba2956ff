// A text in segments: what stands between separators and brackets, and from one key to the next. What is wrong in one of
// them says nothing of the others, so of each the first mistake is told.

import type { Token } from "./tree.ts";

const ENDS: ReadonlySet<string> = new Set([
  ...["Newline", "Semicolon", "Comma", "Arrow"],
  ...["LBrace", "RBrace", "LParen", "RParen", "LSquare", "RSquare"],
]);

/** The number of the segment that a place lies in; what ends a segment belongs to it. */
export function segmentsOf(tokens: readonly Token[]): (offset: number) => number {
  const starts: number[] = [];
  for (const [i, { kind, span }] of tokens.entries()) {
    if (ENDS.has(kind)) starts.push(span.end);
    else if (isSign(tokens[i + 1]?.kind) && !isSign(kind) && starts.at(-1) !== span.start)
      starts.push(span.start);
  }
  return (offset) => countUpTo(starts, offset);
}

/** Stands behind a key. */
function isSign(kind: string | undefined): boolean {
  return kind === "Colon" || kind === "Equal";
}

/** How many of some numbers in order are at most `limit`. */
export function countUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Number.POSITIVE_INFINITY) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
