// A saved model and the rows on which it is asked what its columns do.

import { lower } from "@netwright/compiler";
import { encodeLabelled, type Split, type Table } from "@netwright/data";
import {
  type Backend,
  type CompileOptions,
  compile,
  type Executable,
  evaluateChunk,
  type ModelFile,
  withoutShapes,
} from "@netwright/runtime";
import type { SavedModel } from "../model/saved-model.ts";
import { fromData, projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { targetKindOf } from "../training/measure.ts";

export interface Subject {
  readonly file: ModelFile;
  readonly saved: SavedModel;
  readonly split: Split;
  readonly backend: Backend;
  readonly options?: CompileOptions;
}

/** The rows of a table with its target. */
export function labelledRows({ model, encoders, catalog }: SavedModel, table: Table): Checked<Split> {
  const labelled = encodeLabelled(encoders, table, targetKindOf(model, catalog));
  if ("problems" in labelled) return reject(labelled.problems.map((one) => fromData(one, undefined)));
  const warnings = labelled.warnings.map((one) => fromData(one, undefined));
  if (labelled.split.rows > 0) return accept(labelled.split, warnings);
  return reject([projectError("NW0856", "the table has no rows to measure on", [], undefined)]);
}

/** A function that evaluates so many rows; it is disposed of when `work` is done. */
export async function withExecutable<T>(
  { file, saved: { model, catalog }, split, backend, options = {} }: Subject,
  work: (executable: Executable, chunk: number) => Promise<T>,
): Promise<T> {
  const chunk = evaluateChunk([split.rows]);
  const program = lower(model, { evaluate: [chunk], definitions: catalog.compiler });
  const executable = await compile(backend, program, options);
  try {
    executable.writeState(withoutShapes(file.weights));
    return await work(executable, chunk);
  } finally {
    executable.dispose();
  }
}
