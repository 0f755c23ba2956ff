// New rows to the matrix a trained network takes.

import { hasError } from "@netwright/definitions";
import { checkColumns } from "../check/check-columns.ts";
import { unknownWords } from "../check/check-words.ts";
import type { OpenEncoders } from "../fitted/open-encoders.ts";
import { unlikeTraining } from "../lint/unlike-training.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { ReadSettings } from "../table/read-settings.ts";
import type { Table } from "../table/table.ts";
import { type InputRecord, tableFromRecords } from "../table/table-from-records.ts";
import { type EncodedRows, encodeRows } from "./encode-rows.ts";
import { matchColumns } from "./match-columns.ts";
import { ownWords } from "./own-words.ts";

export interface EncodedInput extends EncodedRows {
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
  encoders: OpenEncoders,
  input: Table | readonly InputRecord[],
  settings: ReadSettings = {},
): EncodeResult {
  const table = isTable(input) ? input : tableFromRecords(input, "input", settings, ownWords(encoders));
  // No records have no columns either, and that is not a mistake.
  if (table.rows === 0 && !isTable(input)) return { x: new Float32Array(0), rows: 0, warnings: [] };
  const matched = matchColumns(table, encoders, false);
  const checked = checkColumns(table, matched.ruled, "prediction");
  const { columns, kept } = checked;
  const problems = [...matched.problems, ...checked.problems];
  // Without all of its columns there is nothing to hold the words of a table against.
  if (!hasError(matched.problems))
    problems.push(...unknownWords(table, columns, encoders, kept, "prediction"));
  if (hasError(problems)) return { problems };
  const { encoded, problems: overflows } = encodeRows({
    table,
    columns,
    features: encoders.features,
    rows: kept,
  });
  if (overflows.length > 0) return { problems: [...problems, ...overflows] };
  const unlike = unlikeTraining(table, encoders.features, columns, kept);
  return { ...encoded, rows: table.rows, warnings: [...problems, ...unlike] };
}

function isTable(input: Table | readonly InputRecord[]): input is Table {
  return !Array.isArray(input);
}
