// A run's model as StableHLO, for XLA, JAX and whatever else takes it: a training step, a prediction and an evaluation,
// each the text of a module whose arguments and results have the names of the program's.

import { lower } from "@netwright/compiler";
import { type FuncKind, findFunc } from "@netwright/ir";
import type { RunBundle } from "@netwright/runtime";
import type { CatalogOption } from "../catalog/catalog.ts";
import { savedModel } from "../model/saved-model.ts";
import { accept, type Checked } from "../project/result.ts";

export interface StablehloSettings extends CatalogOption {
  /** Rows that each function takes. Default: the batch of training. */
  readonly rows?: number;
}

export interface StablehloModule {
  readonly kind: FuncKind;
  /** `@main` takes what the function reads of the state and what it is fed. */
  readonly text: string;
}

export interface StablehloExport {
  /** For file names: `concrete` for `concrete.step.mlir`. */
  readonly name: string;
  /** `step` where the model has a section `train`, `predict`, `evaluate`. */
  readonly modules: readonly StablehloModule[];
}

const KINDS = ["step", "predict", "evaluate"] as const;

/** Weights are no part of it: they are arguments, under the names that they have in the run. */
export async function exportStablehlo(
  { model: file, record }: RunBundle,
  { catalog, rows }: StablehloSettings = {},
): Promise<Checked<StablehloExport>> {
  const saved = await savedModel(file, catalog);
  if (!saved.ok) return saved;
  const { model, catalog: found } = saved.value;
  const batch = rows ?? model.train?.batch ?? 1;
  const trained = record.splits.train?.rows ?? batch;
  const sizes = model.train === null ? {} : { step: [batch], stepsPerEpoch: Math.ceil(trained / batch) };
  const program = lower(model, {
    ...{ ...sizes, predict: [batch], evaluate: [batch] },
    definitions: found.compiler,
  });
  // Imported when it is used: few programs export.
  const { printStablehlo } = await import("@netwright/stablehlo");
  const modules = KINDS.flatMap((kind): StablehloModule[] => {
    const func = findFunc(program, kind, batch);
    return func === undefined
      ? []
      : [{ kind, text: printStablehlo(program, func.name, { donate: kind === "step" }) }];
  });
  return accept({ name: record.name, modules }, saved.diagnostics, saved.sources);
}
