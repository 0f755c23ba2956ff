// A sheet as CSV.

import type { CellValue, Sheet } from "hucre";
import { dateText, timeText } from "../date-text.ts";

export interface SheetText {
  readonly text: string;
  /** Cells with a formula of which no program has stored the value. */
  readonly empty: number;
}

export function sheetText({ rows, merges = [], cells }: Sheet): SheetText {
  const filled = rows.map((row) => row.slice());
  for (const { startRow, startCol, endRow, endCol } of merges) {
    const value = filled[startRow]?.[startCol] ?? null;
    for (let row = startRow; row <= endRow; row++) {
      const own = filled[row];
      for (let column = startCol; own !== undefined && column <= endCol; column++) own[column] ??= value;
    }
  }
  const width = filled.reduce((most, row) => Math.max(most, row.length), 0);
  const lines = filled.map((row) =>
    Array.from({ length: width }, (_, i) => fieldOf(row[i] ?? null)).join(","),
  );
  let empty = 0;
  for (const { type, value, formulaResult } of cells?.values() ?? []) {
    if (type === "formula" && (value ?? formulaResult ?? null) === null) empty++;
  }
  return { text: `${lines.join("\n")}\n`, empty };
}

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
