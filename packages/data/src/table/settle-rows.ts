// From one pass over a table to what its rows are: comments among them, separators at the ends of lines, the header
// where it is repeated. Where that makes rows of what the pass did not expect, it asks for another one.

import { type CsvRecord, usedFields } from "./csv-records.ts";
import { type CommentMark, commentMarks, type Dialect, isComment } from "./dialect.ts";
import type { Expectation, OddRow, ReadRows } from "./read-rows.ts";

export interface SettledRows {
  /** The first record; `undefined` for an empty table. */
  readonly first: CsvRecord | undefined;
  /** Values of the rows that were expected. */
  readonly width: number;
  /** Rows of another width, with their places among the expected. */
  readonly odd: readonly OddRow[];
  /** Expected rows that repeat the header, from 0. */
  readonly dropped: readonly number[];
  /** Lines of all that repeat it. */
  readonly repeatedLines: readonly number[];
  readonly comments: number;
}

/** `filled` tells whether an expected row has anything in a column. */
export function settleRows(
  read: ReadRows,
  dialect: Dialect,
  expected: Expectation,
  filled: (column: number) => boolean,
): SettledRows | { readonly again: Expectation } {
  const { first, rows } = read;
  const { width, cut } = expected;
  const firstWidth = first?.fields.length ?? 0;
  // Once all records are cut, their widths tell no longer which are comments.
  const comment = expected.comment ?? (cut === null ? commentAmong(read, width) : null);
  const odd =
    comment === null || cut !== null
      ? read.odd
      : read.odd.filter((row) => row.fields.length === firstWidth || !isComment(row, comment));
  const markedRows = comment === null || width === firstWidth || cut !== null ? 0 : read.marked[comment];
  if (markedRows > 0 && expected.comment === null) return { again: { ...expected, comment } };
  if (rows === read.repeated.length && odd[0] !== undefined) {
    return { again: { width: odd[0].fields.length, cut, comment } };
  }
  const comments = read.comments + read.odd.length - odd.length;
  const ends = cut === null ? emptyEnds(read, odd, dialect, width, filled) : null;
  if (ends !== null && (odd.length > 0 || width !== firstWidth)) {
    return { again: { width: Math.min(width, ends), cut: ends, comment } };
  }
  const named = ends ?? cut ?? firstWidth;
  const head = first && { line: first.line, fields: first.fields.slice(0, named) };
  // Of a header of one name, a row may be the equal.
  const dropped = named < 2 ? [] : read.repeated;
  const isHead = (row: OddRow) => dialect.header && head !== undefined && repeats(row, head);
  const linesAgain = [
    ...dropped.map((row) => read.lines[row] ?? 0),
    ...odd.filter(isHead).map(({ line }) => line),
  ];
  return {
    first: head,
    width: Math.min(width, ends ?? width),
    odd: odd.filter((row) => !isHead(row)),
    dropped,
    repeatedLines: linesAgain.sort((a, b) => a - b),
    comments,
  };
}

/** What every row begins with that has another number of values than the first, and no other row: a comment. */
function commentAmong({ first, rows, odd, marked }: ReadRows, width: number): CommentMark | null {
  if (first === undefined) return null;
  const isEven = ({ fields }: CsvRecord) => fields.length === first.fields.length;
  const expectedAreEven = width === first.fields.length;
  const uneven = odd.filter((row) => !isEven(row));
  if (uneven.length === 0 && (expectedAreEven || rows === 0)) return null;
  const even = [first, ...odd.filter(isEven)];
  const fits = (mark: CommentMark) =>
    marked[mark] === (expectedAreEven ? 0 : rows) && uneven.every((row) => isComment(row, mark));
  const marks = commentMarks.filter(fits);
  return marks.find((mark) => !even.some((row) => isComment(row, mark))) ?? null;
}

/** How many values are left of each record when those at its end are taken off that no row fills, below no name. */
function emptyEnds(
  { first, rows }: ReadRows,
  odd: readonly OddRow[],
  dialect: Dialect,
  width: number,
  filled: (column: number) => boolean,
): number | null {
  if (first === undefined || rows + odd.length <= (dialect.header ? 0 : 1)) return null;
  const named = dialect.header ? usedFields(first.fields) : dialect.width;
  let longest = Math.max(first.fields.length, rows === 0 ? 0 : width);
  let used = rows === 0 ? 1 : width;
  while (used > 1 && !filled(used - 1)) used--;
  for (const { fields } of odd) {
    longest = Math.max(longest, fields.length);
    used = Math.max(used, usedFields(fields));
  }
  return used > named || longest === named ? null : named;
}

function repeats(row: CsvRecord, head: CsvRecord): boolean {
  return (
    head.fields.length > 1 &&
    row.fields[0] === head.fields[0] &&
    row.fields.length === head.fields.length &&
    row.fields.every((field, i) => field.trim() === head.fields[i]?.trim())
  );
}
