// A table as it comes, from one file or several, in text or of another format.

import type { CsvOptions } from "../table/read-csv.ts";
import type { FormatResult } from "./format.ts";
import { readOne } from "./read-format.ts";
import { withFileColumn, withFolderColumn } from "./several/file-column.ts";
import { readSeveral } from "./several/read-several.ts";
import { isSeveral, type TableSource } from "./several/several.ts";

/** @throws NotYetLoaded where the reader of its format has not been used before: see `whenLoaded` */
export function readTable(source: TableSource, options: CsvOptions): FormatResult {
  const result = isSeveral(source) ? readSeveral(source, options) : readOne(source, options);
  return withFolderColumn(withFileColumn(result, options), options);
}
