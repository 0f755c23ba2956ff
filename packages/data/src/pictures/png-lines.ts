// The lines of a PNG file: unpacked, and made of what the pixels before and above them foretell, and of what that lacks.

import { Unzlib } from "fflate/browser";

/** Becomes at most a thousand times as much, which is there before it can be counted. */
const PIECE = 4096;

/** As many bytes as the lines have. @throws Error where the data hold fewer or more: a few bytes become any number of them */
export function unpackedLines(data: readonly Uint8Array[], size: number): Uint8Array {
  const lines = new Uint8Array(size);
  let filled = 0;
  const unpacking = new Unzlib((piece) => {
    if (filled + piece.length > size) throw new Error("its data go on behind the last pixel");
    lines.set(piece, filled);
    filled += piece.length;
  });
  for (const part of data)
    for (let at = 0; at < part.length; at += PIECE) unpacking.push(part.subarray(at, at + PIECE));
  unpacking.push(new Uint8Array(0), true);
  if (filled < size) throw new Error("its data end before the last pixel");
  return lines;
}

/**
 * In place. Each line, of `length` bytes, stands behind a byte that says how it is foretold; the pixel before it is `step` bytes
 * away. PNG, third edition, section 9. @throws Error for another way than the five that there are
 */
export function restoreLines(lines: Uint8Array, length: number, step: number): void {
  for (let start = 0; start < lines.length; start += length + 1) {
    const restore = WAYS[lines[start] ?? 0];
    if (restore === undefined)
      throw new Error(`it foretells a line in a way that there is not, ${lines[start]}`);
    const above = start - length;
    for (let i = 0; i < length; i++) {
      const place = start + 1 + i;
      const isFirst = start === 0;
      const a = i < step ? 0 : (lines[place - step] ?? 0);
      const b = isFirst ? 0 : (lines[above + i] ?? 0);
      const c = isFirst || i < step ? 0 : (lines[above + i - step] ?? 0);
      lines[place] = (lines[place] ?? 0) + restore(a, b, c);
    }
  }
}

/** Of the byte before, the one above, and the one before that. */
type Foretold = (a: number, b: number, c: number) => number;

const WAYS: readonly Foretold[] = [
  () => 0,
  (a) => a,
  (_, b) => b,
  (a, b) => (a + b) >> 1,
  (a, b, c) => {
    const [fromA, fromB, fromC] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
    if (fromA <= fromB && fromA <= fromC) return a;
    return fromB <= fromC ? b : c;
  },
];
