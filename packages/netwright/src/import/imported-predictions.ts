// What an imported model gives for rows of its inputs, as the tool that it is from gives it: numbers of a row in, numbers or shares out.

import { lower } from "@netwright/compiler";
import type { InputRecord } from "@netwright/data";
import { sizeOf } from "@netwright/ir";
import { type Backend, compile, type ModelFile, withoutShapes } from "@netwright/runtime";
import { catalog, type FullCatalog } from "../catalog/catalog.ts";
import { openModel } from "../model/loaded-model.ts";
import type { Prediction } from "../model/predictions.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { resolved } from "./net-text.ts";

/** The numbers of all inputs of a row, in the order of the file. */
export type ForeignRow = readonly number[];

/** `outputs` are the numbers that the source gives for a row: of two classes that may be one share. */
export async function predictImported(
  file: ModelFile,
  rows: readonly ForeignRow[],
  backend: Backend,
  known: FullCatalog = catalog,
): Promise<Checked<readonly ForeignRow[]>> {
  if (file.encoders === null) return throughNetwork(file, rows, backend, known);
  const opened = await openModel(file, backend, { catalog: known, rows: rows.length });
  if (!opened.ok) return opened;
  const { features, classes, predict, dispose } = opened.value;
  try {
    const given = predict(rows.map((row) => recordOf(features, row)));
    return given.ok ? accept(given.value.map((one) => numbersOf(one, classes))) : given;
  } finally {
    dispose();
  }
}

/** A list in one cell, or a number for each column. */
function recordOf(features: readonly string[], row: ForeignRow): InputRecord {
  const [only = ""] = features;
  if (features.length === 1 && row.length > 1) return { [only]: row };
  return Object.fromEntries(features.map((name, i) => [name, row[i] ?? null]));
}

function numbersOf(prediction: Prediction, classes: readonly string[] | null): ForeignRow {
  const { probabilities } = prediction;
  if (classes === null || typeof probabilities !== "object") return Object.values(prediction).map(Number);
  return classes.map((word) => probabilities[word] ?? Number.NaN);
}

async function throughNetwork(
  file: ModelFile,
  rows: readonly ForeignRow[],
  backend: Backend,
  known: FullCatalog,
): Promise<Checked<readonly ForeignRow[]>> {
  const [source] = file.sources;
  const { model, why } = resolved(source?.text ?? "", known, source?.path);
  if (model === undefined) return reject([projectError("NW0611", why, [], undefined)]);
  const count = rows.length;
  const executable = await compile(backend, lower(model, { predict: [count], definitions: known.compiler }));
  try {
    executable.writeState(withoutShapes(file.weights));
    const { inputs, outputs, run } = executable.invocation("predict", count);
    for (const input of inputs.values()) input.set(rows.flat());
    run();
    const given = outputs.get("prediction") ?? new Float32Array();
    const width = sizeOf(model.outputs[0]?.type.shape ?? []);
    return accept(rows.map((_, i) => Array.from(given.subarray(i * width, (i + 1) * width))));
  } finally {
    executable.dispose();
  }
}
