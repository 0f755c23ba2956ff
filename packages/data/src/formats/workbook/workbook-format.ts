// Workbooks of spreadsheets. A sheet is read as the CSV that one would save of it, as what people put around a table, such
// as titles above it, is the same there. A line of that text is a row of the sheet.

import { closest, count, listed, quote } from "@netwright/definitions";
import { type DataProblem, warning } from "../../problem/problem.ts";
import type { TableInput } from "../../scan/byte-source.ts";
import { csvHeader } from "../../table/header.ts";
import { readCsv } from "../../table/read-csv.ts";
import { allBytes } from "../bytes.ts";
import { CannotRead, lostDigitsIn, orProblem } from "../cannot-read.ts";
import type { FormatOptions, FormatReader } from "../format.ts";
import { NotYetLoaded } from "../load-on-use.ts";
import { type ReadBook, readBook } from "./read-book.ts";
import { sheetText } from "./sheet-text.ts";

interface KeptBook {
  readonly book: ReadBook;
  /** Of the file. */
  readonly bytes: number;
}

/** What has been read, by what it was read from and which sheet was asked for: its library makes one wait. */
const books = new WeakMap<object, Map<string, KeptBook>>();

export const workbookFormat: FormatReader = {
  names: (input, options) => {
    try {
      const { text } = textOf(input, options);
      return csvHeader(text, settingsOf(options));
    } catch (thrown) {
      if (thrown instanceof CannotRead) return [];
      throw thrown;
    }
  },
  read: (input, options) =>
    orProblem(options.name, () => {
      const { text, empty } = textOf(input, options);
      const result = readCsv(text, { name: options.name, ...settingsOf(options) });
      if ("problems" in result) return result;
      const unfilledCells = empty === 0 ? [] : [unfilled(options.name, empty)];
      return { ...result, warnings: [...unfilledCells, ...lostDigitsIn(result.table)] };
    }),
};

function settingsOf({ missingWords, headed, skip }: FormatOptions) {
  return { separator: ",", decimal: ".", missingWords, header: headed, skip } as const;
}

function textOf(input: TableInput, options: FormatOptions): ReturnType<typeof sheetText> {
  // What is read of it could not be found again, and would be read for ever.
  if (typeof input === "string")
    throw new CannotRead("was read as text, which leaves nothing of a workbook", AS_BYTES);
  const { sheet, anySheet = false } = options;
  const asked = JSON.stringify([sheet, anySheet]);
  const known = books.get(input) ?? new Map<string, KeptBook>();
  const kept = known.get(asked);
  if (kept === undefined) {
    throw new NotYetLoaded(async () => {
      const bytes = allBytes(input);
      books.set(input, known.set(asked, { book: await readBook(bytes, options), bytes: bytes.length }));
    });
  }
  const { book, bytes } = kept;
  if ("reason" in book) throw new CannotRead(book.reason, book.notes);
  if (book.sheet !== undefined) return sheetText(book.sheet, bytes);
  if (sheet === undefined) throw new CannotRead("has no sheet");
  const { names } = book;
  const close = closest(sheet, names);
  throw new CannotRead(`has no sheet ${quote(sheet)}`, [
    ...(close === undefined ? [] : [`Did you mean ${quote(close)}?`]),
    `Its sheets are ${listed(names.map(quote))}.`,
  ]);
}

const AS_BYTES = ["Give its bytes."];

function unfilled(name: string, cells: number): DataProblem {
  const message = `${count(cells, "cell")} of ${quote(name)} ${cells === 1 ? "is a formula" : "are formulas"} without a value.`;
  return warning("NW0673", message, {
    notes: [
      "The program that wrote the file has not computed them: open it in a spreadsheet, and save it. They are read as missing values.",
    ],
    setting: "source",
  });
}
