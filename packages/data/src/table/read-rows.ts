// One pass over the rows of a table: the values of those that have as many as expected, by column; the few others as
// texts. What the pass finds out may ask for another one, which `settle-rows.ts` decides.

import type { ByteSource } from "../scan/byte-source.ts";
import { type ColumnReader, NumberReader } from "../scan/column-reader.ts";
import type { Fields } from "../scan/fields.ts";
import { scanRecords } from "../scan/scan-records.ts";
import { isBlankText, textOfBytes } from "../scan/text-of-bytes.ts";
import { larger } from "../scan/word-list.ts";
import { type CsvRecord, textsOf } from "./csv-records.ts";
import { type CommentMark, commentMarks, type Dialect, isComment } from "./dialect.ts";
import { isRuleLine } from "./rule-line.ts";

/** What a pass takes for granted. */
export interface Expectation {
  /** Values of a row. */
  readonly width: number;
  /** Values beyond this are left out of every record; `null` where none are. */
  readonly cut: number | null;
  /** Records that begin so, and are not as wide as the first, are no rows; `null` before that is known. */
  readonly comment: CommentMark | null;
}

/** A row of another number of values. */
export interface OddRow extends CsvRecord {
  /** How many of the expected ones stand before it. */
  readonly at: number;
}

export interface ReadRows {
  /** The first record; without its mark, where it has one that is no name. */
  readonly first: CsvRecord | undefined;
  /** How many there are of the expected width. */
  readonly rows: number;
  readonly lines: Int32Array;
  readonly odd: readonly OddRow[];
  /** How many of the expected ones begin with each mark. */
  readonly marked: Readonly<Record<CommentMark, number>>;
  /** Those that repeat the header, from 0. */
  readonly repeated: readonly number[];
  /** Comments that were left out. */
  readonly comments: number;
  readonly brokenQuote: { readonly line: number; readonly unclosed: boolean } | null;
  /** Whether a byte 0 is among the bytes, so that it is no text. */
  readonly binary: boolean;
  /** Lines above the first record that hold something. */
  readonly above: number;
}

/** Values that a column waits for at most, with those of the others: so few that they stay near. */
const CELLS = 4096;

/** `readers` take the values of the expected rows, in order; one that is `null` is passed over. */
export function readRows(
  source: ByteSource,
  dialect: Dialect,
  { width, cut, comment }: Expectation,
  readers: readonly (ColumnReader | null)[],
  capacity: number,
): ReadRows {
  const { header, markedHeader, separator, skip } = dialect;
  let first: CsvRecord | undefined;
  let firstWidth = 0;
  let names: readonly string[] = [];
  let oneColumn = false;
  let rows = 0;
  let lines = new Int32Array(capacity);
  // Behind it there are none but blank lines: in a table of one column, these are missing values only before others.
  let filledRows = 0;
  let filledOdd = 0;
  let comments = 0;
  let brokenQuote: ReadRows["brokenQuote"] = null;
  /** Rows of which columns have not taken their values yet: they take those of several at once. */
  let waiting = 0;
  let block: Fields | null = null;
  const most = Math.max(1, Math.floor(CELLS / Math.max(1, width)));
  const odd: OddRow[] = [];
  const marked: Record<CommentMark, number> = { "#": 0, "%": 0, "//": 0 };
  const repeated: number[] = [];

  function takeFirst(fields: Fields): void {
    oneColumn = fields.count === 1;
    if (markedHeader) withoutMark(fields);
    first = { line: fields.line, fields: textsOf(fields) };
    firstWidth = fields.count;
    names = first.fields.slice(0, cut ?? firstWidth);
    if (!header) takeRow(fields);
  }

  function takeRow(fields: Fields): void {
    const { bytes, from, starts, ends, line } = fields;
    const count = cut === null ? fields.count : Math.min(fields.count, cut);
    const start = starts[from] ?? 0;
    const end = ends[from] ?? 0;
    if (separator === "|" && isBelowHeader() && isRuleLine(textsOf(fields))) return;
    const mayBeComment = beginsOddly(bytes, start, end);
    if (comment !== null && mayBeComment && fields.count !== firstWidth) {
      if (isComment({ fields: [textOfBytes(bytes, start, end)] }, comment)) {
        comments++;
        return;
      }
    }
    if (count !== width) {
      odd.push({ at: rows, line, fields: textsOf(fields).slice(0, count) });
      return;
    }
    if (mayBeComment) {
      const text = textOfBytes(bytes, start, end);
      for (const mark of commentMarks) if (isComment({ fields: [text] }, mark)) marked[mark]++;
    }
    if (header && isFirst(fields, count)) repeated.push(rows);
    if (rows === lines.length) lines = larger(lines, Int32Array, rows + 1);
    lines[rows++] = line;
    block = fields;
    fields.from += width;
    if (++waiting === most) readBlock();
  }

  /** Whether the last row was the header, also once more, as where files were put behind one another. */
  function isBelowHeader(): boolean {
    if (!header || odd.at(-1)?.at === rows) return false;
    return rows === 0 || repeated.at(-1) === rows - 1;
  }

  function readBlock(): void {
    if (block === null) return;
    for (let i = 0; i < width; i++) readers[i]?.put(block, i, width, waiting);
    block.from = 0;
    waiting = 0;
  }

  /** Whether the record is the header once more. Of a header of one name, a row may be the equal. */
  function isFirst({ bytes, from, starts, ends }: Fields, count: number): boolean {
    if (names.length < 2 || names.length !== count) return false;
    const own = names[0] ?? "";
    const start = starts[from] ?? 0;
    // Most rows differ in the first character already.
    if (own.charCodeAt(0) < 128 && own.charCodeAt(0) !== bytes[start]) return false;
    for (let i = 0; i < count; i++) {
      const text = textOfBytes(bytes, starts[from + i] ?? 0, ends[from + i] ?? 0);
      if (i === 0 ? text !== own : text.trim() !== names[i]?.trim()) return false;
    }
    return true;
  }

  const take = (fields: Fields) => {
    const { bytes, from, starts, ends } = fields;
    const blank = fields.count === 1 && isBlankText(bytes, starts[from] ?? 0, ends[from] ?? 0);
    if (first === undefined) {
      if (blank) return true;
      takeFirst(fields);
    } else if (!blank || oneColumn) takeRow(fields);
    if (!blank) {
      filledRows = rows;
      filledOdd = odd.length;
    }
    if (fields.fault === null) return true;
    brokenQuote = { line: fields.line, unclosed: fields.fault === "unclosed" };
    return false;
  };
  const columns = Uint8Array.from(readers, (reader) => Number(reader instanceof NumberReader));
  const numbers = { columns, point: dialect.decimal };
  const { above, binary } = scanRecords(source, dialect, skip, take, numbers, readBlock);
  return {
    first,
    rows: filledRows,
    lines: lines.subarray(0, filledRows),
    odd: odd.slice(0, filledOdd),
    marked,
    repeated,
    comments,
    brokenQuote,
    binary,
    above,
  };
}

function withoutMark(fields: Fields): void {
  fields.starts.copyWithin(0, 1, fields.count);
  fields.ends.copyWithin(0, 1, fields.count);
  fields.numbers.fill(Number.NaN);
  fields.count -= 1;
}

/** The marks of comments, and the first bytes of all blanks, which may stand in front of one. */
const ODD: ReadonlySet<number> = new Set([
  0x23, 0x25, 0x2f, 9, 10, 11, 12, 13, 32, 0xc2, 0xe1, 0xe2, 0xe3, 0xef,
]);
const isOdd = Uint8Array.from({ length: 256 }, (_, byte) => Number(ODD.has(byte)));

/** Whether a comment may begin with these bytes. */
function beginsOddly(bytes: Uint8Array, start: number, end: number): boolean {
  return start < end && isOdd[bytes[start] ?? 0] === 1;
}
