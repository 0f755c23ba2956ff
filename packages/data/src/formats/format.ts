// A format of tables beside text in rows: what one of them has to give. Each is one file and a row in `table.ts`, and is
// loaded when a table of it is met.

import type { DataProblem } from "../problem/problem.ts";
import type { TableInput } from "../scan/byte-source.ts";
import type { Storage } from "../storage/storage.ts";
import type { ReadSettings } from "../table/read-settings.ts";
import type { Table } from "../table/table.ts";

export type FormatName = "json" | "npy" | "npz" | "parquet" | "arrow" | "workbook" | "picture";

export interface FormatOptions {
  /** What to call the data in messages, usually the file's name. */
  readonly name: string;
  /** Words that stand for missing values. */
  readonly missingWords: readonly string[];
  /** The sheet of a workbook, by its name; the first where it is not given. */
  readonly sheet?: string | undefined;
  readonly anySheet?: boolean | undefined;
  readonly storage?: Storage | undefined;
  /** Of a sheet: whether its first row holds names, and how many rows stand above it. */
  readonly headed?: boolean | undefined;
  readonly skip?: number | undefined;
}

export type FormatResult =
  | { readonly table: Table; readonly warnings: readonly DataProblem[] }
  | { readonly problems: readonly DataProblem[] };

export interface FormatReader {
  /** The names of the columns in order, as quickly as they are found; [] for what cannot be read, about which `read` tells. */
  readonly names: (input: TableInput, options: FormatOptions) => readonly string[];
  readonly read: (input: TableInput, options: FormatOptions) => FormatResult;
}

export function formatOptions(
  name: string,
  {
    missingWords = [],
    sheet,
    anySheet,
    header,
    skip,
    storage,
  }: ReadSettings & Pick<FormatOptions, "storage">,
): FormatOptions {
  return { name, missingWords, sheet, anySheet, headed: header, skip, storage };
}
