// A model file read back into a resolved model, without its data. The version that wrote it has left the resolved
// model in it; any other reads the texts again, which were saved with it.

import { modelVariables } from "@netwright/compiler";
import type { FittedEncoders } from "@netwright/data";
import { cutList, listNames } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { type Model, type Sources, sourceText } from "@netwright/lang";
import { hashText, type ModelFile } from "@netwright/runtime";
import { type FullCatalog, catalog as own } from "../catalog/catalog.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { VERSION } from "../version.ts";
import { unknownDefinitions } from "./unknown-definitions.ts";

export interface SavedModel {
  /** What its names stand for. */
  readonly catalog: FullCatalog;
  readonly model: Model;
  readonly encoders: FittedEncoders;
}

export async function savedModel(file: ModelFile, catalog: FullCatalog = own): Promise<Checked<SavedModel>> {
  const { encoders } = file;
  if (encoders === null) {
    return reject([projectError("NW0611", "the model was trained without a `data` section", [], undefined)]);
  }
  const read = resolvedModel(file) ?? (await readAgain(file, encoders, catalog));
  if (!read.ok) return read;
  const model = read.value;
  const unknown = unknownDefinitions(model, catalog);
  if (unknown.length > 0) {
    const message = `the run uses ${listNames(unknown, 6)}, which Netwright has not`;
    return reject([projectError("NW0844", message, [FOREIGN], undefined)]);
  }
  const misfits = modelVariables(model, catalog.compiler).filter(({ id, shape }) => {
    const saved = file.weights.get(id);
    return saved === undefined || saved.data.length !== sizeOf(shape);
  });
  if (misfits.length > 0) {
    const message = `the saved weights do not fit the network: ${cutList(misfits.map(({ id }) => id))}`;
    return reject([
      projectError("NW0841", message, ["Train again to make a run of this network."], undefined),
    ]);
  }
  return accept({ catalog, model, encoders }, read.diagnostics, read.sources);
}

const FOREIGN =
  "Load it in a program that has the definition: `load(run, { catalog: extendCatalog({ layer: [...] }) })`.";

/** What `ModelFile.model` holds. */
interface Kept {
  /** Hash of the edition and of what the model was resolved from: where either changes, the texts are read again. */
  readonly from: string;
  readonly model: Model;
}

export function keptModel(model: Model, file: Pick<ModelFile, "sources" | "overrides">): string {
  const kept: Kept = { from: hashOfSources(file), model };
  return JSON.stringify(kept);
}

/** Another number where `Model` becomes another: what was kept before is then made again from the texts. */
const MODEL_EDITION = 4;

function hashOfSources({ sources, overrides }: Pick<ModelFile, "sources" | "overrides">): string {
  return hashText(JSON.stringify([MODEL_EDITION, sources, overrides]));
}

function resolvedModel(file: ModelFile): Checked<Model> | undefined {
  const { model, sources, versions } = file;
  if (model === null || versions["netwright"] !== VERSION) return undefined;
  const texts: Sources = new Map(sources.map(({ path, text }) => [path, sourceText(path, text)]));
  try {
    // What this version has written as JSON is a model again: plain data.
    const kept = JSON.parse(model) as Kept;
    return kept.from === hashOfSources(file) ? accept(kept.model, [], texts) : undefined;
  } catch {
    return undefined;
  }
}

/** The parser is loaded for it alone. */
async function readAgain(
  file: ModelFile,
  encoders: FittedEncoders,
  catalog: FullCatalog,
): Promise<Checked<Model>> {
  const { readSources } = await import("./read-sources.ts");
  return readSources(file, encoders, catalog);
}
