// New rows to the matrix a trained network takes.

import { hasError } from "@netwright/definitions";
import { checkColumns } from "../check/check-columns.ts";
import { farValues } from "../check/far-values.ts";
import type { FittedEncoders } from "../fitted/fitted-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { ReadSettings } from "../table/read-settings.ts";
import type { Table } from "../table/table.ts";
import { type InputRecord, tableFromRecords } from "../table/table-from-records.ts";
import { encodeColumns } from "./encode-columns.ts";
import { matchColumns } from "./match-columns.ts";

export interface EncodedInput {
  /** Encoded features, [rows x features], row-major. */
  readonly x: Float32Array;
  readonly rows: number;
  readonly warnings: readonly DataProblem[];
}

export type EncodeResult = EncodedInput | { readonly problems: readonly DataProblem[] };

/**
 * Every row of a table or list of records, in order. Columns are found by name; the target may be there or
 * not. Missing values are filled in as they were in training, where a fill was learned; otherwise they are
 * errors, as are values outside the contract. Records are read as `settings` say. On failure `problems` holds the warnings too.
 */
export function encodeInput(
  fitted: FittedEncoders,
  input: Table | readonly InputRecord[],
  settings: ReadSettings = {},
): EncodeResult {
  const table = isTable(input) ? input : tableFromRecords(input, "input", settings);
  // No records have no columns either, and that is not a mistake.
  if (table.rows === 0 && !isTable(input)) return { x: new Float32Array(0), rows: 0, warnings: [] };
  const matched = matchColumns(table, fitted, false);
  const checked = checkColumns(table, matched.ruled, "prediction");
  const problems = [...matched.problems, ...checked.problems];
  if (hasError(problems)) return { problems };
  const encoded = encodeColumns(table, checked.columns, fitted.features, checked.kept);
  if (encoded.problems.length > 0) return { problems: [...problems, ...encoded.problems] };
  const far = farValues(table, fitted.features, checked.columns, checked.kept);
  return { x: encoded.encoded, rows: table.rows, warnings: [...problems, ...far] };
}

function isTable(input: Table | readonly InputRecord[]): input is Table {
  return !Array.isArray(input);
}
