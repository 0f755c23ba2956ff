// A trained model as the public API shows it: promises that reject with diagnostics.

import { type InputRecord, whenLoaded } from "@netwright/data";
import type { Backend, Metrics, ModelFile } from "@netwright/runtime";
import type { BackendChoice } from "../backends/registry.ts";
import type { FullCatalog } from "../catalog/catalog.ts";
import { type LoadedModel, openModel } from "../model/loaded-model.ts";
import type { Prediction } from "../model/predictions.ts";
import { valueOrThrow } from "../netwright-error.ts";
import { checkArgument, type Kind, kinds } from "./check-options.ts";
import { tableOf } from "./table-of.ts";

/**
 * One record in, one prediction out; a list in, a list out. Records name the features, in any order:
 * `{ Cement: 540, Water: 162, ... }` gives `{ CompressiveStrength: 78.2 }`, in original units.
 */
export interface Predict {
  (input: readonly InputRecord[]): Promise<readonly Prediction[]>;
  (input: InputRecord): Promise<Prediction>;
}

export interface UsableModel {
  /** Rejects with a `NetwrightError` for a missing feature or a value outside of the column contract. */
  readonly predict: Predict;
  /** Metrics on labelled rows: CSV text with a header, or records that hold the target too. */
  readonly evaluate: (data: string | readonly InputRecord[]) => Promise<Metrics>;
  /** Frees the memory of the backend. */
  readonly dispose: () => Promise<void>;
}

export interface LoadOptions {
  /** `auto` (the default), the name of a backend, a package that holds one, or a backend. */
  readonly backend?: BackendChoice;
  /** At most so many threads compute; by default as many as there are processors to gain from. */
  readonly threads?: number;
  /** What the run names, where that is more than Netwright's own: see `extendCatalog`. */
  readonly catalog?: FullCatalog;
}

export const LOAD_OPTIONS: { readonly [K in keyof LoadOptions]-?: Kind } = {
  backend: kinds.backend,
  threads: kinds.threads,
  catalog: kinds.catalog,
};

export interface OpenedFile {
  readonly file: ModelFile;
  readonly backend: Backend;
  /** At most so many; see `CompileOptions`. */
  readonly threads?: number | undefined;
  readonly catalog?: FullCatalog | undefined;
}

/** Opens the model when it is first used, and once. */
export function usableModel(open: () => Promise<OpenedFile | LoadedModel>): UsableModel {
  let opened: Promise<LoadedModel> | undefined;
  const model = (): Promise<LoadedModel> => {
    opened ??= open().then(async (given) => {
      if (!("file" in given)) return given;
      const { file, backend, threads, catalog } = given;
      const limit = threads === undefined ? {} : { threads };
      return valueOrThrow(await openModel(file, backend, { ...limit, catalog }));
    });
    return opened;
  };

  async function predict(input: readonly InputRecord[]): Promise<readonly Prediction[]>;
  async function predict(input: InputRecord): Promise<Prediction>;
  async function predict(input: InputRecord | readonly InputRecord[]) {
    checkArgument("the input of `predict`", input, kinds.input);
    const records = isList(input) ? input : [input];
    const used = await model();
    const predictions = valueOrThrow(await whenLoaded(() => used.predict(records)));
    return isList(input) ? predictions : predictions[0];
  }

  return {
    predict,
    evaluate: async (data) => {
      checkArgument("the data of `evaluate`", data, kinds.rows);
      const opened = await model();
      const table = valueOrThrow(await whenLoaded(() => tableOf(data, "data", opened.reading)));
      const { evaluation } = valueOrThrow(await opened.evaluate(table));
      return evaluation.metrics;
    },
    dispose: async () => (await opened)?.dispose(),
  };
}

export function isList(input: InputRecord | readonly InputRecord[]): input is readonly InputRecord[] {
  return Array.isArray(input);
}
