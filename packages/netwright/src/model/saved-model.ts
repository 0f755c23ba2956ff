// A model file read back into a resolved model, without its data: the texts and the columns are saved with it.

import { modelWeights } from "@netwright/compiler";
import type { FittedEncoders } from "@netwright/data";
import { sizeOf } from "@netwright/ir";
import { analyze, type Model } from "@netwright/lang";
import type { ModelFile } from "@netwright/runtime";
import { catalog } from "../catalog/catalog.ts";
import { memoryFiles } from "../files/files.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";

export interface SavedModel {
  readonly model: Model;
  readonly encoders: FittedEncoders;
}

/** The model from the texts that were saved with it; the columns are those of its encoders. */
export function savedModel(file: ModelFile): Checked<SavedModel> {
  const { encoders } = file;
  if (encoders === null) {
    return reject([projectError("NW0611", "the model was trained without a `data` section", [], undefined)]);
  }
  const [main, ...used] = file.sources;
  const files = memoryFiles(new Map(used.map(({ path, text }) => [path, text])));
  const columns = [...encoders.features, ...encoders.target].map(({ name }) => name);
  const { model, diagnostics, sources } = analyze(
    { file: main?.path ?? file.name, text: main?.text ?? "" },
    {
      catalog,
      host: {
        readFile: (path, from) => {
          const read = files.read(savedPath(path, from, used), from);
          return read.ok ? { file: read.file, text: read.text } : undefined;
        },
        columns: () => columns,
      },
      overrides: Object.entries(file.overrides).map(([path, value]) => ({ path, value })),
    },
  );
  if (model === undefined) return reject(diagnostics, sources);
  const misfits = modelWeights(model).filter(({ id, shape }) => {
    const saved = file.weights.get(id);
    return saved === undefined || saved.data.length !== sizeOf(shape);
  });
  if (misfits.length > 0) {
    const message = `the saved weights do not fit the network: ${misfits.map(({ id }) => id).join(", ")}`;
    return reject([
      projectError("NW0841", message, ["Train again to make a run of this network."], undefined),
    ]);
  }
  return accept({ model, encoders }, diagnostics, sources);
}

/** A used file was saved under the path it had in messages; its end is what `use` says. */
function savedPath(path: string, from: string, used: ModelFile["sources"]): string {
  const folder = from.slice(0, from.lastIndexOf("/") + 1);
  const exact = used.find((source) => source.path === folder + path || source.path === path);
  const tail = path.slice(path.lastIndexOf("/") + 1);
  return (exact ?? used.find((source) => source.path.endsWith(tail)))?.path ?? path;
}
