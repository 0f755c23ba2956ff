// Long loops, some thousand turns at a time. An engine compiles a loop of a million turns while it runs and throws that away
// at its end, as it has not seen yet what comes then: it begins anew for each column. What is called for a few thousand is
// compiled once. Columns that lie side by side in rows also stay near to the processor that way.

export const PIECE = 1 << 12;

/** Calls with where each piece of `length` begins, and where it ends. */
export function inPieces(length: number, work: (start: number, end: number) => void): void {
  for (let start = 0; start < length; start += PIECE) work(start, Math.min(start + PIECE, length));
}
