// `importModel` of the public API.

import { readers } from "@netwright/formats";
import type { Backend } from "@netwright/runtime";
import type { Imported, ImportFileOptions } from "../import/import-foreign.ts";
import { PIXELS } from "../import/pixels.ts";
import { NetwrightError, valueOrThrow } from "../netwright-error.ts";
import type { Project } from "../project/open-project.ts";
import { checkArgument, checkOptions, type Kind, kinds } from "./check-options.ts";

export interface ImportedModel extends Imported {
  /** What is to be said of it: NW0884. */
  readonly warnings: NetwrightError["diagnostics"];
}

/**
 * A model of another tool as a `.net` file and a run with its weights (`bundle`, as that of `train`). `files` has the file first, then those
 * that it names: the weights of a `model.json`.
 * @throws NetwrightError with all that is not understood (NW0880), or what the names of the options do not fit (NW0882)
 */
export async function importModel(
  files: ReadonlyMap<string, Uint8Array>,
  options: ImportFileOptions = {},
): Promise<ImportedModel> {
  checkArgument("the files of `importModel`", files, FILES);
  checkOptions("importModel", options, OPTIONS);
  const { importForeign } = await import("../import/import-foreign.ts");
  const imported = await importForeign(files, options);
  if (!imported.ok) throw new NetwrightError(imported.diagnostics, imported.sources);
  return { ...imported.value, warnings: imported.diagnostics };
}

/**
 * Tensors of another tool (`.safetensors`) as the weights of the network that a file describes, by their names or in their order. The
 * project is that of the file, with its table where it has one.
 * @throws NetwrightError with what is wrong with the project, and with all that does not fit its layers (NW0880)
 */
export async function importWeights(
  files: ReadonlyMap<string, Uint8Array>,
  project: Project,
  options: Pick<ImportFileOptions, "platform"> = {},
): Promise<ImportedModel> {
  checkArgument("the files of `importWeights`", files, FILES);
  const { importInto } = await import("../import/import-into.ts");
  const imported = await importInto(files, project, options);
  if (!imported.ok) throw new NetwrightError(imported.diagnostics, imported.sources);
  return { ...imported.value, warnings: imported.diagnostics };
}

/**
 * What an imported run (`bundle` of what `importModel` gives) predicts for rows of numbers, as the tool that it is from is given them and gives
 * them: `rows` have the numbers of all its inputs, in the order of the file. Of two classes there are both shares; of a file that gives
 * logits there are the shares, too.
 * @throws NetwrightError when a row is none that the model takes
 */
export async function predictImported(
  { model }: Pick<ImportedModel["bundle"], "model">,
  rows: readonly (readonly number[])[],
  backend: Backend,
): Promise<readonly (readonly number[])[]> {
  const imported = await import("../import/imported-predictions.ts");
  return valueOrThrow(await imported.predictImported(model, rows, backend));
}

const FILES: Kind = {
  expected: "a Map from names to bytes that is not empty",
  is: (value) =>
    value instanceof Map &&
    value.size > 0 &&
    [...value].every(([name, bytes]) => typeof name === "string" && ArrayBuffer.isView(bytes)),
};

const names: Kind = {
  expected: "a list of names that are not empty",
  is: (value) => Array.isArray(value) && value.every((name) => typeof name === "string" && name !== ""),
};

const OPTIONS: { readonly [K in keyof ImportFileOptions]-?: Kind } = {
  name: kinds.path,
  format: {
    expected: `one of ${Object.keys(readers).join(", ")}`,
    is: (value) => typeof value === "string" && Object.hasOwn(readers, value),
  },
  columns: names,
  target: names,
  classes: { expected: "a list of words, or `none`", is: (value) => value === "none" || names.is(value) },
  logits: kinds.flag,
  pixels: {
    expected: `one of ${PIXELS.join(", ")}`,
    is: (value) => PIXELS.some((one) => one === value),
  },
  steps: kinds.epochs,
  platform: { expected: "versions by name", is: (value) => typeof value === "object" && value !== null },
  catalog: kinds.catalog,
};
