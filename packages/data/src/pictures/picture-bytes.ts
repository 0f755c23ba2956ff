// The file of a picture as a cell: its bytes, one a character. So a column of pictures is one of words like any other, of
// which equal ones are kept once, in a byte for each of theirs.

import { count } from "@netwright/definitions";
import { NAMES, pictureKind } from "./picture.ts";

/** Of a file. */
export function cellOfBytes(bytes: Uint8Array): string {
  let text = "";
  // Arguments of a call are limited.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** Null for a cell that is none: one that names a file, or lists numbers. */
export function bytesOfCell(cell: string): Uint8Array | null {
  const start = Uint8Array.from({ length: 8 }, (_, i) => cell.charCodeAt(i));
  if (pictureKind(start) === null) return null;
  return Uint8Array.from({ length: cell.length }, (_, i) => cell.charCodeAt(i));
}

/** A cell that holds the file of a picture, and is no text. */
export function isPicture(cell: string): boolean {
  return bytesOfCell(cell.slice(0, 8)) !== null;
}

/** Neither a picture itself, nor a list of its numbers, nor nothing. */
export function isPath(cell: string): boolean {
  return cell !== "" && bytesOfCell(cell) === null && !/^[\s([]*[-+.\d][-+.\deE\s,;]*[\])]?$/.test(cell);
}

/** What is no text says what it is: "a PNG file of 74 bytes". */
export function shownWord(word: string): string {
  const bytes = bytesOfCell(word);
  const kind = bytes === null ? null : pictureKind(bytes);
  return kind === null ? word : `${NAMES[kind]} of ${count(word.length, "byte")}`;
}
