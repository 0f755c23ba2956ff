// How much the files within a workbook state, before they are read: a tag of a few bytes may stand for a whole row of cells, and
// the library that reads them makes each. Tags are found in the bytes, and of most of them the name alone is looked at.

import { CannotRead } from "../cannot-read.ts";
import { mostCells } from "../stated-size.ts";
import { unzipped } from "../unzipped.ts";
import { SHEET_COLUMNS, SHEET_ROWS } from "./sheet-size.ts";

/** A column is formatted once; some programs write one again. */
const MOST_FORMATS = 4 * SHEET_COLUMNS;

/** @throws CannotRead where its tags stand for more than a workbook of so many bytes has */
export function checkParts(bytes: Uint8Array, isOds: boolean): void {
  for (const [name, part] of unzipped(bytes)) {
    if (!isOds) checkColumns(part);
    else if (name === "content.xml") checkRepeats(part, bytes.length);
  }
}

function checkColumns(part: Uint8Array): void {
  let formatted = 0;
  eachTag(part, COLUMN, (tag) => {
    const [first, last] = [numberOf(tag, FIRST, 1, 1), numberOf(tag, LAST, SHEET_COLUMNS, SHEET_COLUMNS)];
    formatted += Math.max(0, Math.min(last, SHEET_COLUMNS) - first + 1);
    if (formatted > MOST_FORMATS)
      throw new CannotRead("is damaged: its columns are formatted again and again");
  });
}

/** Cells at the end of a row that hold nothing are not made, however often they are repeated. */
function checkRepeats(part: Uint8Array, bytes: number): void {
  const most = mostCells(bytes);
  let cells = 0;
  let [rows, filled, empty] = [1, 0, 0];
  eachTag(part, CELLS, (tag, name) => {
    if (name === "table-row") {
      if (!tag.startsWith("</")) [rows, filled, empty] = [numberOf(tag, ROWS, 1, SHEET_ROWS), 0, 0];
      else cells += filled * Math.min(rows, SHEET_ROWS);
    } else if (!tag.startsWith("</")) {
      const times = Math.min(numberOf(tag, COLUMNS, 1, SHEET_COLUMNS), SHEET_COLUMNS);
      if (isEmpty(tag)) empty += times;
      else [filled, empty] = [filled + empty + times, 0];
    }
    if (cells + filled <= most) return;
    throw new CannotRead("repeats cells until they are more than such a file can hold");
  });
}

const COLUMN = ["col"];
const CELLS = ["table-row", "table-cell", "covered-table-cell"];

function isEmpty(tag: string): boolean {
  return tag.endsWith("/>") && !/value|formula|spanned|style-name/.test(tag);
}

/** An attribute and its number, whatever stands before a colon in its name. */
const numbered = (attribute: string) => new RegExp(`[\\s:]${attribute}\\s*=\\s*(?:["'](\\d{1,15})["'])?`);
const FIRST = numbered("min");
const LAST = numbered("max");
const ROWS = numbered("number-rows-repeated");
const COLUMNS = numbered("number-columns-repeated");

/** `without` where the tag has no such attribute, `unread` where its value is not in digits. */
function numberOf(tag: string, attribute: RegExp, without: number, unread: number): number {
  const found = attribute.exec(tag);
  if (found === null) return without;
  return found[1] === undefined ? unread : Number(found[1]);
}

const [LESS, GREATER, SLASH, COLON, QUOTE, APOSTROPHE] = [60, 62, 47, 58, 34, 39];

/** In order; a closing tag begins with `</`. Names are given without what stands before a colon. */
function eachTag(
  part: Uint8Array,
  names: readonly string[],
  visit: (tag: string, name: string) => void,
): void {
  const decoder = new TextDecoder("latin1");
  const [shortest, longest] = [
    Math.min(...names.map(({ length }) => length)),
    Math.max(...names.map(({ length }) => length)),
  ];
  for (let at = part.indexOf(LESS); at >= 0; at = part.indexOf(LESS, at + 1)) {
    let start = at + (part[at + 1] === SLASH ? 2 : 1);
    let end = start;
    for (; end < part.length && !endsName(part[end]); end++) if (part[end] === COLON) start = end + 1;
    if (end - start < shortest || end - start > longest) continue;
    const name = decoder.decode(part.subarray(start, end));
    if (names.includes(name)) visit(decoder.decode(part.subarray(at, endOfTag(part, end))), name);
  }
}

function endsName(byte: number | undefined): boolean {
  return byte === undefined || byte <= 32 || byte === LESS || byte === GREATER || byte === SLASH;
}

/** Values may hold a `>`, but no `<`. */
function endOfTag(part: Uint8Array, from: number): number {
  let quote = 0;
  for (let i = from; i < part.length; i++) {
    const byte = part[i];
    if (byte === LESS) return i;
    if (quote === 0 && byte === GREATER) return i + 1;
    if (byte === quote) quote = 0;
    else if (quote === 0 && (byte === QUOTE || byte === APOSTROPHE)) quote = byte;
  }
  return part.length;
}
