// A saved model and the rows on which it is asked what its columns do.

import type { Split, Table } from "@netwright/data";
import type { Backend, CompileOptions, Executable, ModelFile } from "@netwright/runtime";
import { labelledSplit, withEvaluator } from "../model/evaluating.ts";
import type { SavedModel } from "../model/saved-model.ts";
import { projectError } from "../project/diagnostics.ts";
import { type Checked, reject } from "../project/result.ts";

export interface Subject {
  readonly file: ModelFile;
  readonly saved: SavedModel;
  readonly split: Split;
  readonly backend: Backend;
  readonly options?: CompileOptions;
}

/** The rows of a table with its target, of which there has to be one. */
export function labelledRows(saved: SavedModel, table: Table): Checked<Split> {
  const labelled = labelledSplit(saved, table);
  if (!labelled.ok || labelled.value.rows > 0) return labelled;
  return reject([projectError("NW0856", "the table has no rows to measure on", [], undefined)]);
}

/** A function that evaluates so many rows; it is disposed of when `work` is done. */
export function withExecutable<T>(
  { file, saved: { model, catalog }, split, backend, options = {} }: Subject,
  work: (executable: Executable, chunk: number) => Promise<T>,
): Promise<T> {
  return withEvaluator({ file, model, catalog, backend, options }, split.rows, work);
}
