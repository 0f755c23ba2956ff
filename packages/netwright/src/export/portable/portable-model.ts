// A run as the plain data that formats write: columns, network, what comes out, and sample rows with their answers.

import { averageId, choiceOf, lower, modelVariables } from "@netwright/compiler";
import { some } from "@netwright/definitions";
import type { LayerTensor, PortableModel, PortableNetwork } from "@netwright/formats";
import { modelTexts, type RunBundle, type Tensors, withoutShapes } from "@netwright/runtime";
import { findBackendIn, portableBackends } from "../../backends/registry.ts";
import type { CatalogOption } from "../../catalog/catalog.ts";
import { type SavedModel, savedModel } from "../../model/saved-model.ts";
import { fromRuntime } from "../../project/diagnostics.ts";
import { accept, type Checked, reject } from "../../project/result.ts";
import { VERSION } from "../../version.ts";
import { placedColumns, portableColumn } from "./portable-columns.ts";
import { linkOf, portableOutputs } from "./portable-outputs.ts";
import { sampleRows } from "./sample-rows.ts";

export interface PortableSettings extends CatalogOption {
  /** How many predictions are made of sample rows; 64 where it is not given. */
  readonly samples?: number;
  /** What they are drawn by; 0 where it is not given. */
  readonly seed?: number;
  /** Rows of the functions in `network.program`; one where it is not given. */
  readonly rows?: readonly number[];
}

const SAMPLES = 64;

/** Problems: those of a saved model. */
export async function portableModel(
  { model: file, record }: RunBundle,
  { catalog, samples = SAMPLES, seed = 0, rows = [1] }: PortableSettings = {},
): Promise<Checked<PortableModel>> {
  const saved = await savedModel(file, catalog);
  if (!saved.ok) return saved;
  const { model, encoders } = saved.value;
  const backend = await findBackendIn(portableBackends);
  if (!backend.ok) return reject(backend.problems.map((problem) => fromRuntime(problem)));
  const sampled = await sampleRows(saved.value, file.weights, {
    predictions: samples,
    seed,
    backend: backend.value,
  });
  if (!sampled.ok) return sampled;
  return accept(
    {
      name: record.name,
      version: VERSION,
      record,
      texts: modelTexts(file),
      sources: file.sources,
      missingWords: model.data?.missing_words ?? [],
      window: encoders.fitted.window ?? null,
      columns: placedColumns(model, encoders.features).map(({ open, place }) => portableColumn(open, place)),
      network: networkOf(saved.value, file.weights, rows),
      outputs: portableOutputs(saved.value),
      samples: sampled.value,
    },
    saved.diagnostics,
    saved.sources,
  );
}

function networkOf(saved: SavedModel, weights: Tensors, rows: readonly number[]): PortableNetwork {
  const { model, catalog } = saved;
  const { inputs, nodes, outputs, report, train } = model;
  const [output] = some(outputs);
  return {
    inputs,
    nodes,
    output,
    link: linkOf(saved),
    members: output.members ?? null,
    chosen: choiceOf(model, catalog.compiler)?.layer ?? null,
    passes: train !== null && report?.spread === "dropout" ? (report.samples ?? 1) : null,
    weights: weightsByLayer(saved, weights),
    program: lower(model, { predict: rows, definitions: catalog.compiler }),
    state: withoutShapes(weights),
  };
}

/** Where an average of a weight is kept, that is what predicts. */
function weightsByLayer({ model, catalog }: SavedModel, saved: Tensors): PortableNetwork["weights"] {
  const byLayer = new Map<string, Map<string, LayerTensor>>();
  for (const { id, name, node, role } of modelVariables(model, catalog.compiler)) {
    const tensor = saved.get(averageId(id)) ?? saved.get(id);
    if (tensor === undefined) throw new Error(`the run has no ${id}`);
    const own = byLayer.get(node.name) ?? new Map<string, LayerTensor>();
    own.set(name, { ...tensor, role: role === "statistic" ? "statistic" : "weight" });
    byLayer.set(node.name, own);
  }
  return byLayer;
}
