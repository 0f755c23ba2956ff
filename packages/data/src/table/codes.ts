// Codes that look like numbers: postal codes, phone numbers, numbers of articles. What tells them is a zero in front, which
// no count or measure has: `01067` and `1067` are two places. What has more digits than a number holds is mostly one, too.

import { type NumberFormat, numberReader } from "./number-text.ts";
import { timesOf, type Words } from "./table.ts";

const CODE = /^0\d+$/;
const DIGITS = /^\d+$/;
const WHOLE = /^[+-]?\d+$/;
const [ZERO, NINE, PLUS, MINUS] = [48, 57, 43, 45];

export function isCode(word: string): boolean {
  return CODE.test(word);
}

/** The same of the bytes from `start` to `end`. */
export function isCodeIn(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] === ZERO && end - start > 1 && areDigits(bytes, start, end);
}

/** Whether these bytes are digits and nothing else but a sign in front. */
export function isWholeIn(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  const from = first === MINUS || first === PLUS ? start + 1 : start;
  return from < end && areDigits(bytes, from, end);
}

function areDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < ZERO || byte > NINE) return false;
  }
  return true;
}

/** Whether a whole number is so large that others next to it are the same number of 64 bits. */
export function losesDigits(value: number): boolean {
  return Math.abs(value) >= 2 ** 53;
}

/** Whether a word is a whole number, digit by digit, of which a number does not hold all. */
export function isLongWhole(word: string): boolean {
  return WHOLE.test(word.trim()) && losesDigits(Number(word));
}

/** How many rows of a column that was read as words have one that `isLost`. */
export function lostIn(words: Words, isLost: (word: string) => boolean): number {
  const long = words.words.map(isLost);
  // Mostly none is, and no row is looked at.
  if (!long.includes(true)) return 0;
  return timesOf(words).reduce((sum, times, code) => sum + (long[code] === true ? times : 0), 0);
}

/** Whether a column is one of codes: digits and nothing else in all cells that hold something, and a zero in front in some. */
export function areCodes(words: readonly string[], format: NumberFormat): boolean {
  const read = numberReader(format);
  if (!words.some((word) => isCode(word.trim()) && read(word) !== "missing")) return false;
  return words.every((word) => DIGITS.test(word.trim()) || read(word) === "missing");
}
