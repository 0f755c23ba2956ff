// A trained run as files that predict without Netwright: one WebAssembly module, and a few lines of JavaScript with
// types around it.

import { lower } from "@netwright/compiler";
import { type RunBundle, withoutShapes } from "@netwright/runtime";
import type { CatalogOption } from "../catalog/catalog.ts";
import { levelsOf, quantileName } from "../model/quantiles.ts";
import { savedModel } from "../model/saved-model.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { describeModel } from "./describe-model.ts";
import { type ScaledColumn, scaledColumns } from "./scaled-columns.ts";
import { wrapperTypes } from "./types.ts";
import { wrapperSource } from "./wrapper.ts";

export interface WasmExport {
  /** For file names: `concrete` for `concrete.wasm`, which the wrapper looks for beside itself. */
  readonly name: string;
  /** A module without imports; it holds weights and scaling, and takes rows in original units. */
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** An ES module that exports `load`, for a file `concrete.mjs`: that is one in a package of any type. */
  readonly js: string;
  /** Its types, for `concrete.d.mts`. */
  readonly types: string;
}

/** @throws BackendError when the model needs more memory than WebAssembly has */
export async function exportRun(
  { model: file, record }: RunBundle,
  { catalog }: CatalogOption = {},
): Promise<Checked<WasmExport>> {
  const saved = await savedModel(file, catalog);
  if (!saved.ok) return saved;
  const { model, encoders } = saved.value;
  const columns = scaledColumns(encoders);
  if ("code" in columns) return reject([columns], saved.sources);
  const levels = levelsOf(model, saved.value.catalog);
  const outputs =
    levels === null ? columns.target : columns.target.flatMap((column) => quantileColumns(column, levels));
  const description = describeModel(record, { ...columns, target: outputs });
  // Imported when it is used: few programs export.
  const { standaloneModule } = await import("@netwright/backend-jit");
  const wasm = standaloneModule({
    program: lower(model, { predict: [1], definitions: saved.value.catalog.compiler }),
    weights: withoutShapes(file.weights),
    inputs: columns.features.map((column) => ({
      steps: column.steps.apply,
      fill: column.fitted.missing.fill,
    })),
    outputs: outputs.map((column) => ({ steps: column.steps.invert })),
    description: new TextEncoder().encode(JSON.stringify(description)),
  });
  const { name } = record;
  return accept(
    {
      name,
      wasm,
      js: wrapperSource(name, `${name}.wasm`),
      types: wrapperTypes(description, `${name}.wasm`),
    },
    saved.diagnostics,
    saved.sources,
  );
}

/** A column for each level, `y(0.1)`. */
function quantileColumns(column: ScaledColumn, levels: readonly number[]): readonly ScaledColumn[] {
  const { fitted } = column;
  return levels.map((level) => ({
    ...column,
    fitted: { ...fitted, name: quantileName(fitted.name, level) },
  }));
}
