// Parquet: columns in groups of rows, each packed by itself.

import type { TableInput } from "../../scan/byte-source.ts";
import type { BytesOnDisk } from "../../storage/storage.ts";
import { type NumberFormat, PLAIN_NUMBERS } from "../../table/number-text.ts";
import type { Column, InexactColumn } from "../../table/table.ts";
import { randomBytes } from "../bytes.ts";
import { CannotRead, leftOut, lostDigits, noDates, orDamaged, orProblem } from "../cannot-read.ts";
import type { FormatOptions, FormatReader, FormatResult } from "../format.ts";
import { numberColumn } from "../number-column.ts";
import { checkStatedSize } from "../stated-size.ts";
import { WordCells } from "../word-cells.ts";
import { type ParquetColumn, type ParquetFile, parquetColumns, parquetFile } from "./parquet-file.ts";
import { kindOf } from "./parquet-kind.ts";
import { type Page, pagesOf } from "./parquet-pages.ts";
import { NumberPages, WordPages } from "./parquet-values.ts";

export const parquetFormat: FormatReader = {
  names: (input) => {
    try {
      const file = parquetColumns(input);
      return file.columns.filter((column) => whyNot(file, column) === null).map(({ name }) => name);
    } catch (thrown) {
      if (thrown instanceof CannotRead) return [];
      throw thrown;
    }
  },
  read: (input, options) => orProblem(options.name, () => readParquet(input, options)),
};

function readParquet(input: TableInput, { name, missingWords, storage }: FormatOptions): FormatResult {
  const bytes = randomBytes(input);
  const file = parquetFile(input);
  checkStatedSize(file.rows, file.columns.length, bytes.size);
  const numbers = { ...PLAIN_NUMBERS, missingWords };
  const isLarge = storage !== undefined && 8 * file.rows * file.columns.length > storage.most;
  const disk = isLarge ? storage.bytes : undefined;
  // What is put on the disk can go through the same place, one column after the other.
  const room = isLarge ? orDamaged("Parquet file", () => new Float64Array(file.rows)) : null;
  const warnings = [];
  const inexact: InexactColumn[] = [];
  const columns: Column[] = [];
  for (const column of file.columns) {
    const why = whyNot(file, column);
    if (why !== null) {
      warnings.push(leftOut(name, column.name, why));
      continue;
    }
    const { read, lost, unwritten } = orDamaged("Parquet file", () =>
      readColumn(bytes, file, column, numbers, room, disk),
    );
    columns.push(read);
    if (unwritten) warnings.push(noDates(name, column.name));
    if (lost > 0) {
      inexact.push({ name: column.name, rows: lost });
      warnings.push(lostDigits(name, column.name, lost));
    }
  }
  return { table: { name, rows: file.rows, columns, lines: null, numbers, inexact }, warnings };
}

function whyNot({ groups }: ParquetFile, { element, part }: ParquetColumn): string | null {
  const kind = kindOf(element);
  if (kind.kind === "other") return kind.what;
  return groups.some(({ parts }) => parts[part]?.isEncrypted === true) ? "encrypted values" : null;
}

function readColumn(
  bytes: ReturnType<typeof randomBytes>,
  { groups, rows }: ParquetFile,
  column: ParquetColumn,
  numbers: NumberFormat,
  room: Float64Array | null,
  disk: BytesOnDisk | undefined,
): { readonly read: Column; readonly lost: number; readonly unwritten: boolean } {
  const kind = kindOf(column.element);
  if (kind.kind === "other") throw new Error(`column ${column.name} is not read`);
  const take = (pages: { put(page: Page): void }) => {
    for (const group of groups) {
      let found = 0;
      for (const page of pagesOf(bytes, group, column, kind)) {
        found += page.rows;
        pages.put(page);
      }
      if (found !== group.rows) throw new CannotRead("is damaged: a part of it has other rows than it says");
    }
  };
  if (kind.kind === "word") {
    const words = new WordCells(rows);
    take(new WordPages(kind, words));
    return { read: words.column(column.name, numbers, disk), lost: 0, unwritten: words.unwritten };
  }
  const values = room ?? new Float64Array(rows);
  const pages = new NumberPages(kind, values);
  take(pages);
  return { read: numberColumn(column.name, values, numbers, disk), lost: pages.lost, unwritten: false };
}
