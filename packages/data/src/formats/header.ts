// The names of a table's columns, whatever its format.

import { csvHeader } from "../table/header.ts";
import type { ReadSettings } from "../table/read-settings.ts";
import { type TableStart, tableStart } from "../table/table-start.ts";
import { formatOptions } from "./format.ts";
import { firstOf, type TableSource } from "./several/several.ts";
import { formats } from "./table.ts";

/**
 * Column names in order, [] for an empty table and for what is none. Says nothing about mistakes: `readTable` does.
 * `known` is what `tableStart` has found in this table with these settings.
 * @throws NotYetLoaded where the reader of its format has not been used before
 */
export function header(source: TableSource, settings: ReadSettings = {}, known?: TableStart): string[] {
  const input = firstOf(source);
  const start = known ?? tableStart(input, settings);
  const format = start.kind?.format;
  const names =
    format === undefined
      ? csvHeader(input, settings, start)
      : [...formats[format]().names(input, formatOptions("data", settings))];
  const added = [settings.fileColumn, settings.folderColumn].flatMap((name) => name ?? []);
  // Behind the columns of the files; an empty table has none.
  return names.length === 0 ? names : [...new Set([...names, ...added])];
}
