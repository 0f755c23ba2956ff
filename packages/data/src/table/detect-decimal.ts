// Which of the two signs is the decimal one. `1,234` and `1.234` prove nothing: they may be whole numbers. A sign that is
// said to separate thousands is none.

import type { CsvRecord } from "./csv-records.ts";
import type { NumberFormat } from "./number-text.ts";
import type { ReadSettings, Separator } from "./read-settings.ts";

const COMMA = decimals(",", ".");
const GROUPED_COMMA = /^[+-]?\d{1,3}(?:[.'’ \u00a0\u2009\u202f]\d{3})+,\d+$/;
const POINT = decimals(".", ",");

/** `1,5`, `0,125`, `1234,567`, `1.234,5`, `1 234,567`; not `1,234`. */
function decimals(sign: string, other: string): RegExp {
  return new RegExp(
    `^[+-]?(?:(?:0?|\\d{4,})\\${sign}\\d+|\\d{1,3}\\${sign}(?:\\d{1,2}|\\d{4,})|\\d{1,3}(?:[${other}'’ \u00a0\u2009\u202f]\\d{3})+\\${sign}\\d+)(?:[eE][+-]?\\d+)?$`,
  );
}

export function provenDecimal(
  rows: readonly CsvRecord[],
  separator: Separator,
  settings: ReadSettings,
): { decimal: NumberFormat["decimal"]; proven: boolean } {
  const { decimal, thousands } = settings;
  if (decimal !== undefined) return { decimal, proven: true };
  if (thousands === "," || thousands === ".") return { decimal: thousands === "," ? "." : ",", proven: true };
  let comma = false;
  let point = false;
  for (const { fields } of rows) {
    for (const field of fields) {
      const cell = field.trim();
      // Between commas `"1,5"` may be a list of two as well, but not `"1.234,5"`.
      comma ||= (separator === "," ? GROUPED_COMMA : COMMA).test(cell);
      point ||= POINT.test(cell);
    }
  }
  if (comma === point) return { decimal: ".", proven: false };
  return { decimal: comma ? "," : ".", proven: true };
}
