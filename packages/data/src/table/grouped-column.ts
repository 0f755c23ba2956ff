// Separators of thousands that leave no doubt, in a column of their own: `1'234`, `1 234`, `1,234,567`, `1,234.5`, or
// `1,234` where the numbers of the table have a decimal point. `1,234` alone may be a decimal comma, and stays text.

import { type NumberFormat, numberReader } from "./number-text.ts";

/**
 * The format with the separator, or null where the cells are not all numbers with it, or may mean something else: in a
 * column that stands alone, a blank may separate two.
 */
export function groupedFormat(
  cells: readonly string[],
  format: NumberFormat,
  decimalProven: boolean,
  alone: boolean,
): NumberFormat | null {
  if (format.thousands !== null) return null;
  const sign = format.decimal === "." ? "," : ".";
  const found = ([sign, "'", " "] as const)
    .filter((thousands) => thousands !== " " || !alone)
    .map((thousands): NumberFormat => ({ ...format, thousands }))
    .find((grouped) => areNumbers(cells, grouped));
  if (found === undefined) return null;
  return found.thousands !== sign || decimalProven || cells.some((cell) => isSure(cell, sign, format.decimal))
    ? found
    : null;
}

function areNumbers(cells: readonly string[], format: NumberFormat): boolean {
  const read = numberReader(format);
  return cells.every((cell) => read(cell) !== "text");
}

/** Twice, or with the other sign behind it. */
function isSure(cell: string, sign: string, decimal: string): boolean {
  const first = cell.indexOf(sign);
  return first >= 0 && /\d/.test(cell) && (cell.includes(sign, first + 1) || cell.includes(decimal, first));
}
