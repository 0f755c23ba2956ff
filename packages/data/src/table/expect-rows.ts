// What the start of a table lets one expect of all of it: how wide its rows are, how many there may be, and which
// columns hold words. A wrong guess costs a second pass, and changes nothing else.

import type { ByteSource } from "../scan/byte-source.ts";
import { isCode } from "./codes.ts";
import { csvRecords, linesOf } from "./csv-records.ts";
import type { Dialect } from "./dialect.ts";
import { type NumberFormat, numberReader } from "./number-text.ts";
import type { Expectation } from "./read-rows.ts";
import { namesRows } from "./row-names.ts";
import type { Sample } from "./sample.ts";

export interface Guess {
  readonly expected: Expectation;
  /** Whether a column is to be read as words, in rows of that many values. */
  readonly isWords: (column: number, width: number) => boolean;
  readonly capacity: number;
}

export function expectRows(
  source: ByteSource,
  sample: Sample,
  dialect: Dialect,
  numbers: NumberFormat,
): Guess {
  const { text, whole } = sample;
  const below = linesOf(text).slice(dialect.skip).join("\n");
  const records = csvRecords(below, dialect).map(({ fields }, i) =>
    dialect.markedHeader && i === 0 ? fields.slice(1) : fields,
  );
  const [first = [], ...others] = records;
  // What the sample cuts off is no whole record.
  const rows = whole ? others : others.slice(0, -1);
  const read = numberReader(numbers);
  const texts = new Set<number>();
  const head = JSON.stringify(first);
  for (const row of dialect.header ? rows : [first, ...rows]) {
    if (dialect.header && JSON.stringify(row) === head) continue;
    for (const [column, cell] of row.entries())
      if (read(cell) === "text" || isCode(cell.trim())) texts.add(column);
  }
  // A sign of two meanings, which no plain number has.
  const odd = numbers.thousands === numbers.decimal;
  const unnamed = dialect.header && namesRows(first.map((name) => name.trim()));
  return {
    expected: {
      width: commonest(rows.map((row) => row.length)) ?? first.length,
      cut: null,
      comment: dialect.comment,
    },
    // Rows may have names in the first column; whether they have, their texts tell.
    isWords: (column, width) =>
      odd || texts.has(column) || (column === 0 && unnamed) || (column < 2 && width === first.length + 1),
    capacity: capacityFor(source, text.length, records.length),
  };
}

function commonest(widths: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  return [...counts].reduce<readonly [number | undefined, number]>(
    (best, one) => (one[1] > best[1] ? one : best),
    [undefined, 0],
  )[0];
}

/** A little more than there would be if all rows were as long as those of the sample; memory that is not used costs nothing. */
function capacityFor({ size }: ByteSource, characters: number, records: number): number {
  const rows = size === null ? records : (records * size) / Math.max(characters, 1);
  return Math.ceil(1.1 * rows) + 16;
}
