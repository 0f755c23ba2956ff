// Codes that look like numbers: postal codes, phone numbers, numbers of articles. What tells them is a zero in front, which
// no count or measure has: `01067` and `1067` are two places.

import { type NumberFormat, numberReader } from "./number-text.ts";

const CODE = /^0\d+$/;
const DIGITS = /^\d+$/;
const [ZERO, NINE] = [48, 57];

export function isCode(word: string): boolean {
  return CODE.test(word);
}

/** The same of the bytes from `start` to `end`. */
export function isCodeIn(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== ZERO || end - start < 2) return false;
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < ZERO || byte > NINE) return false;
  }
  return true;
}

/** Whether a column is one of codes: digits and nothing else in all cells that hold something, and a zero in front in some. */
export function areCodes(words: readonly string[], format: NumberFormat): boolean {
  if (!words.some((word) => isCode(word.trim()))) return false;
  const read = numberReader(format);
  return words.every((word) => DIGITS.test(word.trim()) || read(word) === "missing");
}
