// Data as it comes to the public API, or from files: a table as text or as bytes, or records.

import {
  type CsvOptions,
  type DataProblem,
  type InputRecord,
  lostDigitsIn,
  readTable,
  type Table,
  type TableSource,
  tableFromRecords,
  unfitSettings,
} from "@netwright/data";
import type { DataSettings } from "@netwright/lang";
import { isOutOfMemory } from "@netwright/runtime";
import { UnreadableTable } from "../files/files.ts";
import { fromData, unreadableData } from "../project/diagnostics.ts";
import { warningsFor } from "../project/named-columns.ts";
import { accept, type Checked, reject } from "../project/result.ts";

/**
 * The settings among the options are those of the `data` section, or of the run, that the table is for; problems
 * point into the `section` that names it.
 * @throws NotYetLoaded where what reads its format has not been used before: see `whenLoaded`
 */
export function tableOf(
  data: TableSource | readonly InputRecord[],
  name = "data",
  options: Omit<CsvOptions, "name"> = {},
  section?: DataSettings,
): Checked<Table> {
  const diagnosed = (problems: readonly DataProblem[]) =>
    problems.map((problem) => fromData(problem, section));
  if (isRecords(data)) {
    const table = tableFromRecords(data, "input", options);
    return accept(table, diagnosed(warningsFor(section, lostDigitsIn(table))));
  }
  try {
    // A run may be used on a table of another format than that of its training.
    const unfit = section === undefined ? [] : unfitSettings(name, data, options);
    if (unfit.length > 0) return reject(diagnosed(unfit));
    const result = readTable(data, { ...options, name });
    return "table" in result
      ? accept(result.table, diagnosed(warningsFor(section, result.warnings)))
      : reject(diagnosed(result.problems));
  } catch (error) {
    if (isOutOfMemory(error)) {
      return reject([unreadableData(name, "there is not memory enough for its columns", [], section)]);
    }
    if (!(error instanceof UnreadableTable)) throw error;
    return reject([unreadableData(name, error.reason, [], section)]);
  }
}

function isRecords(data: TableSource | readonly InputRecord[]): data is readonly InputRecord[] {
  return Array.isArray(data);
}
