// Data as it comes to the public API, or from a file: CSV, as text or as bytes, or records.

import {
  type CsvOptions,
  type InputRecord,
  readCsv,
  type Table,
  type TableInput,
  tableFromRecords,
} from "@netwright/data";
import type { DataSettings } from "@netwright/lang";
import { isOutOfMemory } from "@netwright/runtime";
import { UnreadableTable } from "../files/files.ts";
import { fromData, unreadableData } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";

/**
 * The settings among the options are those of the `data` section, or of the run, that the table is for; problems
 * point into the `section` that names it.
 */
export function tableOf(
  data: TableInput | readonly InputRecord[],
  name = "data",
  options: Omit<CsvOptions, "name"> = {},
  section?: DataSettings,
): Checked<Table> {
  if (isRecords(data)) return accept(tableFromRecords(data, "input", options));
  try {
    const result = readCsv(data, { ...options, name });
    return "table" in result
      ? accept(result.table)
      : reject(result.problems.map((problem) => fromData(problem, section)));
  } catch (error) {
    if (isOutOfMemory(error)) {
      return reject([unreadableData(name, "there is not memory enough for its columns", [], section)]);
    }
    if (!(error instanceof UnreadableTable)) throw error;
    return reject([unreadableData(name, error.reason, [], section)]);
  }
}

function isRecords(data: TableInput | readonly InputRecord[]): data is readonly InputRecord[] {
  return Array.isArray(data);
}
