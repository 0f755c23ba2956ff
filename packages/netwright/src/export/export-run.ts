// A trained run as files that predict without Netwright: one WebAssembly module, and a few lines of JavaScript with
// types around it.

import { lower } from "@netwright/compiler";
import { type RunBundle, withoutShapes } from "@netwright/runtime";
import type { CatalogOption } from "../catalog/catalog.ts";

import { savedModel } from "../model/saved-model.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { carriedColumns } from "./carried-columns.ts";
import { describeModel } from "./describe-model.ts";
import { wrapperTypes } from "./types/wrapper-types.ts";

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
  const { model } = saved.value;
  const columns = carriedColumns(saved.value);
  if ("code" in columns) return reject([columns], saved.sources);
  const description = describeModel(record, columns, model.data?.missing_words ?? []);
  // Imported when it is used: few programs export.
  const [{ sealIn, standaloneModule }, { wrapperSource }] = await Promise.all([
    import("@netwright/backend-jit"),
    import("./wrapper/wrapper.ts"),
  ]);
  const wasm = standaloneModule({
    program: lower(model, { predict: [1], definitions: saved.value.catalog.compiler }),
    weights: withoutShapes(file.weights),
    inputs: columns.inputs.flatMap(({ slots }) => slots),
    outputs: columns.outputs.flatMap(({ slots }) => slots),
    description: new TextEncoder().encode(JSON.stringify(description)),
  });
  const { name } = record;
  return accept(
    {
      name,
      wasm,
      js: wrapperSource(description, `${name}.wasm`, sealIn(wasm)),
      types: wrapperTypes(description, `${name}.wasm`, columns),
    },
    saved.diagnostics,
    saved.sources,
  );
}
