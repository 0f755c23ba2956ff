// What it takes to hold a saved model against labelled rows: these as numbers, and a function that evaluates them.

import { lower } from "@netwright/compiler";
import { encodeLabelled, type OpenEncoders, type Split, type Table } from "@netwright/data";
import { hasError } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import {
  type Backend,
  type CompileOptions,
  compile,
  type Executable,
  evaluateChunk,
  type ModelFile,
  withoutShapes,
} from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { fromData } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { targetKindOf } from "../training/measure.ts";

/** What is asked of a model apart from its weights. */
export interface Judging {
  readonly model: Model;
  readonly encoders: OpenEncoders;
  readonly catalog: FullCatalog;
}

/** The rows of a table with its target. */
export function labelledSplit({ model, encoders, catalog }: Judging, table: Table): Checked<Split> {
  const labelled = encodeLabelled(encoders, table, targetKindOf(model, catalog));
  if ("problems" in labelled) return reject(labelled.problems.map((problem) => fromData(problem, undefined)));
  const diagnostics = labelled.warnings.map((problem) => fromData(problem, undefined));
  return hasError(diagnostics) ? reject(diagnostics) : accept(labelled.split, diagnostics);
}

/** Where a model is evaluated. */
export interface Evaluating extends Pick<Judging, "model" | "catalog"> {
  readonly file: ModelFile;
  readonly backend: Backend;
  readonly options: CompileOptions;
}

/** A function that evaluates so many rows, `chunk` at a time; it is disposed of when `work` is done. */
export async function withEvaluator<T>(
  { file, model, catalog, backend, options }: Evaluating,
  rows: number,
  work: (executable: Executable, chunk: number) => Promise<T>,
): Promise<T> {
  const chunk = evaluateChunk([rows]);
  const program = lower(model, { evaluate: [chunk], definitions: catalog.compiler });
  const executable = await compile(backend, program, options);
  try {
    executable.writeState(withoutShapes(file.weights));
    return await work(executable, chunk);
  } finally {
    executable.dispose();
  }
}
