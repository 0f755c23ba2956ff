// Whether a separator fits a table: all of its rows have as many values.

import type { CsvRecord } from "./csv-records.ts";
import { looseNumberReader } from "./number-text.ts";
import type { ReadSettings, Separator } from "./read-settings.ts";

export interface Layout {
  readonly separator: Separator;
  /** Lines above the first of the records. */
  readonly skip: number;
  /** Values of a row. */
  readonly width: number;
  /** Those of the sample: the header, if there is one, and the rows. */
  readonly records: readonly CsvRecord[];
}

/**
 * The number of values that all rows have, if that is two or more. The first record may be a header that is one name
 * short, as rows have names, or one longer, by a separator at its end.
 */
export function consistentFrom(records: readonly CsvRecord[]): number | undefined {
  const [first, second] = records;
  if (first === undefined) return undefined;
  const width = (second ?? first).fields.length;
  if (width < 2 || !records.every(({ fields }, i) => i === 0 || fields.length === width)) return undefined;
  const off = first.fields.length - width;
  if (off === 0) return width;
  if (off === 1 && first.fields.at(-1)?.trim() === "") return width;
  return off === -1 && width > 2 && records.length > 2 ? width : undefined;
}

const point = looseNumberReader({ decimal: ".", thousands: null, missingWords: [] });
const comma = looseNumberReader({ decimal: ",", thousands: null, missingWords: [] });

/** The share of the values that are numbers, with a decimal point or with a decimal comma. */
export function numericShare(rows: readonly CsvRecord[], { decimal }: ReadSettings): number {
  let numbers = 0;
  let cells = 0;
  for (const { fields } of rows) {
    for (const field of fields) {
      cells += 1;
      const asPoint = decimal !== "," && typeof point(field) === "number";
      if (asPoint || (decimal !== "." && typeof comma(field) === "number")) numbers += 1;
    }
  }
  return cells === 0 ? 0 : numbers / cells;
}
