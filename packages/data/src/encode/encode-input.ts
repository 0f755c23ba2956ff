// New rows to the matrix a trained network takes.

import { hasError } from "@netwright/definitions";
import { windowedRows } from "../batch/windowed-rows.ts";
import { checkColumns } from "../check/check-columns.ts";
import { unknownWords } from "../check/check-words.ts";
import type { OpenEncoders } from "../fitted/open-encoders.ts";
import { unlikeTraining } from "../lint/unlike-training.ts";
import type { DataProblem } from "../problem/problem.ts";
import { type PredictedRow, predictedRows } from "../series/predicted-rows.ts";
import { seriesOf } from "../series/series.ts";
import type { SavedWindow } from "../series/window-plan.ts";
import { tooFewRows } from "../series/window-problems.ts";
import { windowsIn } from "../series/windows.ts";
import type { ReadSettings } from "../table/read-settings.ts";
import type { Table } from "../table/table.ts";
import { type InputRecord, tableFromRecords } from "../table/table-from-records.ts";
import { type EncodedRows, encodeRows } from "./encode-rows.ts";
import { matchColumns } from "./match-columns.ts";
import { ownWords } from "./own-words.ts";
import { rowsOf } from "./split-data.ts";

export interface EncodedInput extends EncodedRows {
  /** Of series: windows, each of which is predicted from as a row elsewhere. */
  readonly rows: number;
  /** Of series: which row each window predicts. */
  readonly predicts?: readonly PredictedRow[];
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
  const { window } = encoders.fitted;
  const matched = matchColumns(table, encoders, false);
  // A row that is left out breaks windows, and is none of those that ask for a prediction.
  const checked = checkColumns(table, matched.ruled, window === undefined ? "prediction" : "evaluation");
  const { columns, kept } = checked;
  const problems = [...matched.problems, ...checked.problems];
  // Without all of its columns there is nothing to hold the words of a table against.
  if (!hasError(matched.problems))
    problems.push(...unknownWords(table, columns, encoders, kept, "prediction"));
  if (hasError(problems)) return { problems };
  const found = window === undefined ? null : windowsToPredict(table, kept, window);
  if (found !== null && "problems" in found) return { problems: [...problems, ...found.problems] };
  const rows = found?.windows.lying ?? kept;
  const { encoded, problems: overflows } = encodeRows({ table, columns, features: encoders.features, rows });
  if (overflows.length > 0) return { problems: [...problems, ...overflows] };
  const unlike = unlikeTraining(table, encoders.features, columns, kept);
  const warnings = [...problems, ...unlike];
  if (found === null) return { ...encoded, rows: table.rows, warnings };
  const { windows, predicts } = found;
  const store = windowedRows(rowsOf({ rows: rows.length, ...encoded }), windows, []);
  return { x: new Float32Array(0), store, rows: windows.targets.length, predicts, warnings };
}

/** Those that have all of their rows; what they predict may be there or not. */
function windowsToPredict(table: Table, kept: Int32Array, window: SavedWindow) {
  const found = seriesOf(table, window);
  if ("problems" in found) return found;
  const windows = windowsIn(found.series, kept, { length: window.length, ahead: 0 });
  if (windows.targets.length === 0)
    return { problems: [tooFewRows(table, window.length, windows.longest, "predict from")] };
  return { windows, predicts: predictedRows(table, found.series, windows, window) };
}

function isTable(input: Table | readonly InputRecord[]): input is Table {
  return !Array.isArray(input);
}
