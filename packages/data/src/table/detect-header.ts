// Whether the first record of a table holds names or values. Numbers above columns of numbers are values, unless they
// count: years, or the numbers that a data frame gives its columns.

import type { CsvRecord } from "./csv-records.ts";
import { type CellValue, looseNumberReader, type NumberFormat } from "./number-text.ts";

/** "unknown" where nothing speaks for either; it is then a header. */
export function firstRowIs(
  records: readonly CsvRecord[],
  format: NumberFormat,
): "header" | "data" | "unknown" {
  const read = looseNumberReader(format);
  const [head, ...rest] = records;
  if (head === undefined) return "unknown";
  const same = JSON.stringify(head.fields);
  // A header may be repeated below.
  const body = rest.filter(
    ({ fields }) => fields.length !== head.fields.length || JSON.stringify(fields) !== same,
  );
  const first = head.fields.map(read);
  if (body.length === 0) {
    return rest.length === 0 && first.length > 1 && first.every((value) => typeof value === "number")
      ? "data"
      : "unknown";
  }
  const width = head.fields.length;
  if (body.some(({ fields }) => fields.length !== width) || head.fields[0]?.trim() === "") return "unknown";
  const numeric = first.map((_, column) => isNumeric(body, column, read));
  if (first.some((value, i) => numeric[i] && value === "text")) return "header";
  const numbers = first.filter((value, i) => numeric[i] && typeof value === "number").map(Number);
  if (numbers.length === 0) return "unknown";
  // `18.0` and `1.0` are whole numbers that were measured, and no names.
  const measured = head.fields.some((field, i) => numeric[i] && isMeasured(field, Number(first[i])));
  if (!measured && counts(numbers)) {
    const below = body
      .slice(0, 3)
      .every(({ fields }) => counts(fields.filter((_, i) => numeric[i]).map((field) => Number(read(field)))));
    return below ? "data" : "header";
  }
  const words = first.flatMap((value, i) => (value === "text" ? [i] : []));
  if (words.length === 0) return "data";
  const repeated = words.some((i) => {
    const word = head.fields[i]?.trim();
    return body.some(({ fields }) => fields[i]?.trim() === word);
  });
  const unlikeNames =
    measured || numbers.some((x) => !Number.isInteger(x)) || new Set(numbers).size < numbers.length;
  return repeated || unlikeNames ? "data" : "unknown";
}

/** A whole number with a decimal sign or an exponent. */
function isMeasured(field: string, value: number): boolean {
  return Number.isInteger(value) && /[.,e]/i.test(field);
}

/** Most of its values are numbers. */
function isNumeric(body: readonly CsvRecord[], column: number, read: (text: string) => CellValue): boolean {
  let numbers = 0;
  let texts = 0;
  for (const { fields } of body) {
    const value = read(fields[column] ?? "");
    if (typeof value === "number") numbers += 1;
    else if (value === "text") texts += 1;
  }
  return numbers > 0 && numbers >= 4 * texts;
}

/** Two or more whole numbers one apart, or three or more any one step apart. */
function counts(values: readonly number[]): boolean {
  const [a = 0, b = 0] = values;
  const step = b - a;
  if (values.length < 2 || step <= 0) return false;
  if (values.length === 2) return step === 1 && Number.isInteger(a);
  return values.every((x, i) => i === 0 || Math.abs(x - (values[i - 1] ?? 0) - step) <= 1e-6 * step);
}
