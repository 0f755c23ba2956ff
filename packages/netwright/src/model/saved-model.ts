// A model file read back into a resolved model, without its data. The version that wrote it has left the resolved
// model in it; any other reads the texts again, which were saved with it.

import { savedVariables } from "@netwright/compiler";
import { intervalProblem, type OpenEncoders, openEncoders } from "@netwright/data";
import { cutList, listNames, sameShape } from "@netwright/definitions";
import type { StateVariable } from "@netwright/ir";
import type { Diagnostic, Model } from "@netwright/lang";
import { elementTypeOf, type ModelFile, type Tensors } from "@netwright/runtime";
import { type FullCatalog, catalog as own } from "../catalog/catalog.ts";
import { fromData, projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { isSoundModel } from "./is-sound-model.ts";
import { readKept } from "./kept-model.ts";
import { hasSpread } from "./spreads.ts";
import { type Lacking, unknownDefinitions, unknownEncoders } from "./unknown-definitions.ts";

export interface SavedModel {
  /** What its names stand for. */
  readonly catalog: FullCatalog;
  readonly model: Model;
  readonly encoders: OpenEncoders;
}

export async function savedModel(file: ModelFile, catalog: FullCatalog = own): Promise<Checked<SavedModel>> {
  const read = await savedNetwork(file, catalog);
  if (!read.ok) return read;
  const misfits = misfitting(file.weights, savedVariables(read.value.model, catalog.compiler));
  if (misfits.length === 0) return read;
  const message = `the saved weights do not fit the network: ${cutList(misfits)}`;
  return reject([projectError("NW0841", message, ["Train again to make a run of this network."], undefined)]);
}

/** The same whatever its weights are. */
export async function savedNetwork(
  file: Omit<ModelFile, "weights">,
  catalog: FullCatalog = own,
): Promise<Checked<SavedModel>> {
  if (file.encoders === null) {
    return reject([projectError("NW0611", "the model was trained without a `data` section", [], undefined)]);
  }
  const kept = readKept(file);
  const lacking = [
    ...(kept === undefined ? [] : unknownDefinitions(kept.model, catalog)),
    ...unknownEncoders(file.encoders, catalog),
  ];
  if (lacking.length > 0) return reject([foreign(lacking)]);
  const result = openEncoders(file.encoders, catalog.definitions);
  if ("problems" in result) return reject(result.problems.map((problem) => fromData(problem, undefined)));
  const encoders = result.opened;
  const read =
    kept !== undefined && isSoundModel(kept.model, encoders, catalog)
      ? accept(kept.model, [], kept.texts)
      : await readAgain(file, encoders, catalog);
  if (!read.ok) return read;
  const model = read.value;
  const problem = intervalProblem(encoders, hasSpread(model, catalog));
  if (problem !== null) return reject([fromData(problem, undefined)]);
  return accept({ catalog, model, encoders }, read.diagnostics, read.sources);
}

/** The families say where a program has to add them. */
function foreign(lacking: readonly Lacking[]): Diagnostic {
  const families = [...new Set(lacking.map(({ family }) => family))];
  const added = families.map((family) => `${family}: [...]`).join(", ");
  const names = new Set(lacking.map(({ name }) => name));
  const them = names.size === 1 ? "the definition" : "the definitions";
  return projectError(
    "NW0844",
    `the run uses ${listNames(names, 6)}, which Netwright has not`,
    [`Load it in a program that has ${them}: \`load(run, { catalog: extendCatalog({ ${added} }) })\`.`],
    undefined,
  );
}

/** The names of those that are absent, of another kind or size, or none of the network. */
function misfitting(weights: Tensors, variables: readonly StateVariable[]): readonly string[] {
  const wanted = new Set(variables.map(({ name }) => name));
  const others = variables.filter(({ name, type }) => {
    const saved = weights.get(name);
    return (
      saved === undefined || elementTypeOf(saved.data) !== type.dtype || !sameShape(saved.shape, type.shape)
    );
  });
  return [...others.map(({ name }) => name), ...[...weights.keys()].filter((name) => !wanted.has(name))];
}

/** The parser is loaded for it alone. */
async function readAgain(
  file: Omit<ModelFile, "weights">,
  encoders: OpenEncoders,
  catalog: FullCatalog,
): Promise<Checked<Model>> {
  const { readSources } = await import("./read-sources.ts");
  return readSources(file, encoders, catalog);
}
