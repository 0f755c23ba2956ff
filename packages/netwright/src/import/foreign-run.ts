// The run of an imported model: weights as they were, and a record that says that nothing was trained or measured here.

import { lower } from "@netwright/compiler";
import { print } from "@netwright/ir";
import type { Model } from "@netwright/lang";
import {
  hashOfJson,
  hashText,
  type ImportedFrom,
  type ModelFile,
  RUN_FORMAT,
  type RunBundle,
  type RunRecord,
  weightsHash,
} from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";

/** Of a program that predicts one row: of a training that was not here, there is none. */
export function networkHash(model: Model, { compiler: definitions }: FullCatalog): string {
  return hashText(print(lower(model, { predict: [1], definitions })));
}

export function foreignRun(file: ModelFile, imported: ImportedFrom): RunBundle {
  const weights = weightsHash(file.weights);
  const { name, sources, overrides, versions, irHash, encoders } = file;
  const record: RunRecord = {
    format: RUN_FORMAT,
    name,
    status: "imported",
    imported,
    backend: { name: "none", versions: {}, threads: 1, simd: false, device: "none", deterministic: true },
    seed: 0,
    epochs: { planned: 0, completed: 0, best: null },
    overrides,
    versions,
    hash: {
      run: hashOfJson({ imported, sources, overrides, encoders, weights, ir: irHash }),
      ir: irHash,
      data: hashText(""),
      weights,
    },
    splits: { train: null, validation: null, test: null },
    expectations: [],
    failure: null,
    seconds: { total: 0, train: 0 },
  };
  return { model: file, record, history: [], checkpoint: null };
}
