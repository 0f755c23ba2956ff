// Separators of thousands that leave no doubt, in a column of their own: `1,234,567`, `1,234.5`, or `1,234` where the
// numbers of the table have a decimal point. `1,234` alone may be a decimal comma, and stays text.

import { type NumberFormat, numberReader } from "./number-text.ts";

/** The format with the separator, or null where the cells are not all numbers with it, or may mean something else. */
export function groupedFormat(
  cells: readonly string[],
  format: NumberFormat,
  decimalProven: boolean,
): NumberFormat | null {
  if (format.thousands !== null) return null;
  // An apostrophe between digits has no other meaning.
  const apostrophes: NumberFormat = { ...format, thousands: "'" };
  if (cells.some((cell) => cell.includes("'")) && cells.every(reads(apostrophes))) return apostrophes;
  const sign = format.decimal === "." ? "," : ".";
  const grouped: NumberFormat = { ...format, thousands: sign };
  const read = numberReader(grouped);
  let sure = decimalProven;
  for (const cell of cells) {
    if (read(cell) === "text") return null;
    const first = cell.indexOf(sign);
    // Twice, or with the other sign behind it.
    sure ||=
      first >= 0 &&
      /\d/.test(cell) &&
      (cell.includes(sign, first + 1) || cell.includes(format.decimal, first));
  }
  return sure ? grouped : null;
}

/** Whether a cell is a number, or missing. */
function reads(format: NumberFormat): (cell: string) => boolean {
  const read = numberReader(format);
  return (cell) => read(cell) !== "text";
}
