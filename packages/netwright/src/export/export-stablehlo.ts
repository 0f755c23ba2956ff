// A run's model as StableHLO, for XLA, JAX and whatever else takes it: its training, a prediction and an evaluation,
// each function the text of a module whose arguments and results have the names of the program's.

import { lower } from "@netwright/compiler";
import type { FuncKind } from "@netwright/ir";
import type { Diagnostic, TrainSettings } from "@netwright/lang";
import type { RunBundle } from "@netwright/runtime";
import type { CatalogOption } from "../catalog/catalog.ts";
import { savedModel } from "../model/saved-model.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";

export interface StablehloSettings extends CatalogOption {
  /** Rows that each function takes but `init`. Default: the batch of training. */
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
  /**
   * Where the model has a section `train`, `init`, which makes the whole state of a seed, and `step`; `accumulate`, where several
   * batches make one update; `evaluate`, `predict`.
   */
  readonly modules: readonly StablehloModule[];
}

/** What takes state and gives it back changed, so that it may be written where the old one is. */
export const UPDATING: ReadonlySet<FuncKind> = new Set(["step", "accumulate"]);

/** NW0845, at a setting of `train` that no other engine carries out. */
export function cannotExport(
  { spans }: TrainSettings,
  setting: string,
  why: string,
  ...notes: readonly string[]
): Diagnostic {
  return projectError(
    "NW0845",
    `the training cannot be exported: ${why}`,
    notes,
    spans[setting] ?? spans["train"],
  );
}

/** StableHLO has no word for how a product-sum is rounded, so that a module would silently be another program. */
export function fusedElsewhere(train: TrainSettings): readonly Diagnostic[] {
  if (train.numerics === undefined) return [];
  return [
    cannotExport(
      train,
      "numerics",
      "`numerics: fused` states how products and sums are rounded",
      "Other engines round them in their own way.",
      "Export the file without: `--set train.numerics=separate`; or export a run that was trained without.",
    ),
  ];
}

/** Weights are no part of it: they are arguments, under the names that they have in the run. Problems: NW0845. */
export async function exportStablehlo(
  { model: file, record }: RunBundle,
  { catalog, rows }: StablehloSettings = {},
): Promise<Checked<StablehloExport>> {
  const saved = await savedModel(file, catalog);
  if (!saved.ok) return saved;
  const { model, catalog: found } = saved.value;
  const { train } = model;
  const refused = train === null ? [] : fusedElsewhere(train);
  if (refused.length > 0) return reject([...saved.diagnostics, ...refused], saved.sources);
  const batch = rows ?? train?.batch ?? 1;
  const trained = record.splits.train?.rows ?? batch;
  const sizes =
    train === null
      ? {}
      : {
          step: [batch],
          accumulate: train.accumulate > 1 ? [batch] : [],
          stepsPerEpoch: Math.ceil(trained / batch),
        };
  const program = lower(model, {
    ...{ ...sizes, predict: [batch], evaluate: [batch] },
    definitions: found.compiler,
  });
  // Imported when it is used: few programs export.
  const { printStablehlo } = await import("@netwright/stablehlo");
  const modules = program.functions.flatMap(({ kind, name }): StablehloModule[] =>
    kind === "composite"
      ? []
      : [{ kind, text: printStablehlo(program, name, { donate: UPDATING.has(kind) }) }],
  );
  return accept({ name: record.name, modules }, saved.diagnostics, saved.sources);
}
