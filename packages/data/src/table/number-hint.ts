// What to say of a cell that is no number but looks like one that is written in another way.

import type { NumberFormat } from "./number-text.ts";
import { PLAIN_NUMBERS } from "./number-text.ts";

/** `31.01.2024`, `1.2.24`, `2024.01.31`: no number, however its points are read. */
const DATE = /^(?:\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})|\d{4}\.\d{1,2}\.\d{1,2})\.?$/;

/** A sentence on how to mend the cell, or "" if it does not look like a number. */
export function numberHint(text: string, { decimal }: NumberFormat = PLAIN_NUMBERS): string {
  const cell = text.trim();
  if (DATE.test(cell)) return "";
  const grouped = decimal === "." ? "," : ".";
  if (decimal === "," && /^[+-]?\d+\.\d+$/.test(cell))
    return 'The numbers of this table are read with a decimal comma; `decimal: "."` in the `data` section says otherwise, and `thousands: "."` that points separate thousands.';
  if (decimal === "." && /^[+-]?\d{1,3},\d{3}$/.test(cell))
    return `This may be \`${cell.replace(",", "")}\` or \`${cell.replace(",", ".")}\`: say which with \`thousands: ","\` or \`decimal: ","\` in the \`data\` section.`;
  if (decimal === "." && /^[+-]?\d+,\d+$/.test(cell))
    return 'Numbers with a decimal comma are read where the `data` section says `decimal: ","`.';
  if (/^[+-]?\d[\d.,' \u00a0\u2009\u202f]*$/.test(cell)) {
    const found = /[' \u00a0\u2009\u202f]/.exec(cell)?.[0] ?? grouped;
    const separator = /[,.']/.test(found) ? found : " ";
    return `Where it separates thousands, say so with \`thousands: "${separator}"\` in the \`data\` section; otherwise numbers are written without separators: \`1234.5\`.`;
  }
  if (/^[+-]?\d[\d_]*$/.test(cell)) return "Numbers are written without separators: `1234.5`.";
  if (/^[+-]?0[xob][\da-f]+$/i.test(cell)) return "Numbers are written in decimal or scientific notation.";
  if (/^[+-]?[\d.,]+ ?%$/.test(cell)) return "Write a percentage as a number, without its sign.";
  if (/^(?:[$€£¥₹] ?[+-]?\d|[+-]?\d[\d.,]* ?[$€£¥₹]$)/.test(cell))
    return "Write an amount as a number, without its currency.";
  if (/^[<>≤≥~≈] ?=?[+-]?[\d.]/.test(cell))
    return "A bound is no number: write the value to compute with, or leave the cell empty.";
  // `12 kg`, `12kg`, `5 m`, `5m`; not `171a`, which is a code.
  if (
    /^[+-]?[\d.]+(?:[eE][+-]?\d+)?(?: ?(?!(?:st|nd|rd|th)$)\p{L}[\p{L}\d/²³^*°]{1,9}| \p{L}| ?°\p{L}?|[mgshlLkKM])$/u.test(
      cell,
    )
  )
    return 'Write the number alone; a unit belongs into the description of the column: `number(unit: "kg")`.';
  if (/^(?:missing|unknown|not available|not applicable|no data|nd|tbd|\*+|x+)$/i.test(cell))
    return `If the word stands for a missing value, say so with \`missing_words: [${JSON.stringify(cell)}]\` in the \`data\` section.`;
  return "";
}
