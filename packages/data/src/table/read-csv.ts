// The bytes or the text of a table to a table, or to all that is wrong with it. Reading the file is the caller's job.

import { quote } from "@netwright/definitions";
import { tooManyWords } from "../check/too-many-words.ts";
import type { DataProblem } from "../problem/problem.ts";
import { byteSource, type TableInput } from "../scan/byte-source.ts";
import { TooManyWords } from "../scan/heap-room.ts";
import type { Storage } from "../storage/storage.ts";
import * as wrong from "./csv-problems.ts";
import type { Reading } from "./dialect.ts";
import { expectRows } from "./expect-rows.ts";
import type { NumberFormat } from "./number-text.ts";
import { numberedNames } from "./numbered-names.ts";
import { raggedAmong, withOdd } from "./ragged-rows.ts";
import { type Pass, readPass, withoutRows } from "./read-pass.ts";
import type { ReadSettings } from "./read-settings.ts";
import { nameFields } from "./row-names.ts";
import { allWords, type Table, type Words } from "./table.ts";
import { type TableStart, tableStart } from "./table-start.ts";
import { typeColumns } from "./type-columns.ts";

export interface CsvOptions extends ReadSettings {
  /** What to call the data in messages, usually the file's name. */
  readonly name: string;
  /** Also gives the cells as they stand in the file. */
  readonly keepText?: boolean;
  /** What the file column says of a table that is one file and has none; without it, no column is added. */
  readonly fileName?: string | undefined;
  /** Where columns are put that are more than memory should hold. */
  readonly storage?: Storage | undefined;
  /** What `tableStart` finds in it with these settings, from whoever has looked already. */
  readonly start?: () => TableStart;
}

export type CsvResult = { readonly table: Table } | { readonly problems: readonly DataProblem[] };

/** First record: names, if there is a header; then one row per example. Columns are typed by what is in them. */
export function readCsv(input: TableInput, options: CsvOptions): CsvResult {
  try {
    return readWhole(input, options);
  } catch (error) {
    if (!(error instanceof TooManyWords)) throw error;
    const what = `A column of ${quote(options.name)}`;
    return { problems: [tooManyWords(what, error, { setting: "source" })] };
  }
}

function readWhole(input: TableInput, options: CsvOptions): CsvResult {
  const { name, keepText = false, start, storage, ...settings } = options;
  const source = byteSource(input);
  const { kind, found } = start === undefined ? tableStart(input, settings) : start();
  if (kind !== null) return { problems: [wrong.anotherKind(name, kind)] };
  if (found === null) return { problems: [wrong.notText(name)] };
  const { sample, dialect } = found;
  const numbers: NumberFormat = {
    decimal: dialect.decimal,
    thousands: settings.thousands ?? null,
    missingWords: settings.missingWords ?? [],
  };
  const guess = expectRows(source, sample, dialect, numbers);
  // Typed columns take about as much as their text.
  const disk = storage !== undefined && (source.size ?? 0) > storage.most ? storage.bytes : null;
  const pass = readPass(source, dialect, numbers, guess, keepText, disk);
  const { read, settled } = pass;
  const { first } = settled;
  if (read.binary) return { problems: [wrong.notText(name)] };
  if (first === undefined) return { problems: [wrong.emptyFile(name, settings.skip ?? 0)] };
  if (read.first?.fields.some((field) => field.includes("\ufffd")))
    return { problems: [wrong.notText(name)] };
  // A broken quote makes nonsense of all that follows it, so nothing else is said.
  if (read.brokenQuote !== null) return { problems: [wrong.brokenQuote(name, read.brokenQuote)] };

  const rows = read.rows - settled.dropped.length + settled.odd.length;
  const { names, skip } = dialect.header
    ? nameFields(first, bodyOf(pass, rows))
    : { names: numberedNames(dialect.width), skip: 0 };
  const width = names.length + skip;
  const problems = [
    ...(dialect.header ? wrong.unnamedColumns(name, first.line, names) : []),
    ...(dialect.header ? wrong.repeatedNames(name, first.line, names) : []),
    ...wrong.raggedRows(name, width, dialect, raggedAmong(read, settled, width)),
  ];
  if (rows === 0) problems.push(wrong.headerOnly(name));
  if (problems.length > 0) return { problems };

  const { columns, grouped, inexact } = typeColumns(pass, names, skip, numbers, dialect.decimalProven);
  const { comments, repeatedLines: repeatedHeaders } = settled;
  const reading: Reading = { dialect, above: read.above, grouped, comments, repeatedHeaders };
  const texts = keepText ? pass.words(names.map((_, i) => i + skip)) : null;
  return {
    table: {
      name,
      rows,
      columns,
      lines: withoutRows(read.lines, settled.dropped),
      numbers,
      reading,
      ...(inexact.length === 0 ? {} : { inexact }),
      ...(texts === null ? {} : { texts: [...texts.values()] }),
      ...(skip === 0 ? {} : { rowNames: allWords(columnWords(pass, 0)).map((word) => word.trim()) }),
    },
  };
}

function bodyOf(pass: Pass, rows: number): Parameters<typeof nameFields>[1] {
  const { settled, readers } = pass;
  return {
    rows,
    width: settled.odd.length === 0 ? settled.width : null,
    cells: (column) => withOdd(allWords(columnWords(pass, column)), settled, column),
    filled: (column) => readers[column]?.filled === true,
  };
}

function columnWords(pass: Pass, column: number): Words {
  const found = pass.words([column]).get(column);
  if (found === undefined) throw new Error(`column ${column} was not read`);
  return found;
}
