// CSV as `predict` writes it: commas, a line end behind each row, quotes where they are needed. For a spreadsheet, what it
// would take for a formula is made text, by an apostrophe in front, as people do it there.

/** The first row is the header. */
export function csvText(rows: readonly (readonly string[])[], forSpreadsheet = false): string {
  const cellText = forSpreadsheet ? (cell: string) => quoted(withoutFormula(cell)) : quoted;
  return rows.map((cells) => `${cells.map(cellText).join(",")}\n`).join("");
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Signs that begin a formula, of both widths, and what some programs take off before they look. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;
/** What stands behind a separator that is one where the comma is the decimal sign, whatever is in quotes, or begins a line there. */
const LATER = /(?:;|(?<=\S)[\t\r\n]+)(?=[\s\p{Cc}\p{Cf}]{0,8}[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** A number stays one, whatever its sign. */
function withoutFormula(cell: string): string {
  if (NUMBER.test(cell)) return cell;
  const text = cell.replace(LATER, "$&'");
  return FORMULA.test(text) ? `'${text}` : text;
}
