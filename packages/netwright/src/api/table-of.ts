// Data as it comes to the public API: CSV text or records.

import { type CsvOptions, type InputRecord, readCsv, type Table, tableFromRecords } from "@netwright/data";
import { fromData } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";

export function tableOf(
  data: string | readonly InputRecord[],
  name = "data",
  options: Omit<CsvOptions, "name"> = {},
): Checked<Table> {
  if (typeof data !== "string") return accept(tableFromRecords(data));
  const result = readCsv(data, { ...options, name });
  return "table" in result
    ? accept(result.table)
    : reject(result.problems.map((problem) => fromData(problem, undefined)));
}
