// What one cell of text says: a number, nothing, or text. Deliberately strict: plain decimal and scientific
// notation only, so that dates, codes such as `0x1F` and `1_000`, and decimal commas never pass as numbers.

export type CellValue = number | "missing" | "text";

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NOT_A_NUMBER = /^[+-]?nan$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;

/** Reads one cell, without regard to spaces around it. NaN and infinities are numbers here; their use is checked later. */
export function parseNumber(text: string): CellValue {
  const cell = text.trim();
  if (cell === "") return "missing";
  if (DECIMAL.test(cell)) return Number(cell);
  if (NOT_A_NUMBER.test(cell)) return Number.NaN;
  const infinite = INFINITE.exec(cell);
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return "text";
}

/** A sentence on how to mend a cell that looks like a number written in another way, or "" if it does not. */
export function numberHint(text: string): string {
  const cell = text.trim();
  if (/^[+-]?\d+,\d+$/.test(cell))
    return `Numbers are written with a decimal point, without separators of thousands: \`${cell.replace(",", ".")}\` or \`${cell.replace(",", "")}\`.`;
  if (/^[+-]?\d[\d.,' _]*$/.test(cell)) return "Numbers are written without separators: `1234.5`.";
  if (/^[+-]?0[xob][\da-f]+$/i.test(cell)) return "Numbers are written in decimal or scientific notation.";
  if (/^(?:na|n\/a|n\.a\.|null|none|nil|missing|unknown|\?|-+|\.)$/i.test(cell))
    return "A missing value is written as an empty cell; `missing` says what to do with it.";
  return "";
}
