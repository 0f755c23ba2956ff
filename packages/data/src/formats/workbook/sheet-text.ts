// A sheet as CSV.

import type { CellValue, Sheet } from "hucre";
import { CannotRead } from "../cannot-read.ts";
import { dateText, timeText } from "../date-text.ts";
import { checkStatedSize } from "../stated-size.ts";

export interface SheetText {
  readonly text: string;
  /** Cells with a formula of which no program has stored the value. */
  readonly empty: number;
}

/** `bytes` are those of the file. @throws CannotRead where it states more cells than these can tell of */
export function sheetText({ rows, merges = [], cells }: Sheet, bytes: number): SheetText {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  // One cell far from all others makes the rest of both their rows and columns.
  checkStatedSize(rows.length, width, bytes);
  const filled = rows.map((row) => row.slice());
  fillMerged(filled, width, merges);
  let length = 0;
  const lines = filled.map((row) => {
    const fields = Array.from({ length: width }, (_, i) => {
      const cell = row[i] ?? null;
      // Cells that are merged, repeated or the same say a long text many times: it is counted before it is written.
      if (typeof cell === "string") length += cell.length;
      if (length > MOST_TEXT) throw new CannotRead("is too large to be read as one text");
      const field = fieldOf(cell);
      length += typeof cell === "string" ? field.length - cell.length : field.length;
      return field;
    });
    length += width;
    if (length > MOST_TEXT) throw new CannotRead("is too large to be read as one text");
    return fields.join(",");
  });
  let empty = 0;
  for (const { type, value, formulaResult } of cells?.values() ?? []) {
    if (type === "formula" && (value ?? formulaResult ?? null) === null) empty++;
  }
  return { text: `${lines.join("\n")}\n`, empty };
}

/** Above it no engine has a text in one piece. */
const MOST_TEXT = 2 ** 29 - 64;

/** Ranges may be stated beyond all rows and columns, and many times: what they fill is no more than the sheet. */
function fillMerged(filled: CellValue[][], width: number, merges: NonNullable<Sheet["merges"]>): void {
  let room = MOST_OVERLAPS * filled.length * width;
  for (const { startRow, startCol, endRow, endCol } of merges) {
    const value = filled[startRow]?.[startCol] ?? null;
    const [lastRow, lastColumn] = [Math.min(endRow, filled.length - 1), Math.min(endCol, width - 1)];
    room -= Math.max(0, lastRow - startRow + 1) * Math.max(0, lastColumn - startCol + 1);
    if (room < 0) throw new CannotRead("is damaged: its merged cells lie over one another");
    for (let row = startRow; row <= lastRow; row++) {
      const own = filled[row];
      for (let column = startCol; own !== undefined && column <= lastColumn; column++) own[column] ??= value;
    }
  }
}

/** A cell is in one range; some programs write a range again. */
const MOST_OVERLAPS = 4;

/** Line ends within a cell become blanks, so that a line is a row. */
function fieldOf(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    const text = value.replace(/\r\n?|\n/g, " ");
    return /[",]|^'/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
  return dateOf(value.getTime());
}

const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(1900, 0, 1);

/** A date, a time of day, or both: what the cell shows says its number alone. */
function dateOf(milliseconds: number): string {
  if (Number.isNaN(milliseconds)) return "";
  const days = Math.floor(milliseconds / DAY);
  const time = timeText(BigInt(Math.round(milliseconds - days * DAY)) * 1_000_000n);
  if (milliseconds < FIRST_DAY) return time;
  return time === "00:00:00" ? dateText(days) : `${dateText(days)}T${time}`;
}
