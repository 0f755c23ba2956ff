// A table in several files, of which the first tells how all are written.

import type { TableFiles, TableInput } from "../../scan/byte-source.ts";

export type TableSource = TableInput | TableFiles;

export function isSeveral(source: TableSource): source is TableFiles {
  return typeof source !== "string" && "files" in source;
}

/** What the names of columns, and how the table is written, are read from. */
export function firstOf(source: TableSource): TableInput {
  return isSeveral(source) ? (source.files[0]?.input ?? "") : source;
}
