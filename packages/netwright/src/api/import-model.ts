// `importModel` of the public API.

import { readers } from "@netwright/formats";
import type { Imported, ImportFileOptions } from "../import/import-foreign.ts";
import { NetwrightError } from "../netwright-error.ts";
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
  steps: kinds.epochs,
  platform: { expected: "versions by name", is: (value) => typeof value === "object" && value !== null },
  catalog: kinds.catalog,
};
