// The model of a model file from the texts that were saved with it; the columns are those of its encoders.

import type { OpenEncoders } from "@netwright/data";
import { analyze, type Model } from "@netwright/lang";
import type { ModelFile } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { schemaOf } from "../project/data-schema.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { savedText } from "./saved-text.ts";

export function readSources(
  file: Omit<ModelFile, "weights">,
  encoders: OpenEncoders,
  catalog: FullCatalog,
): Checked<Model> {
  const [main, ...used] = file.sources;
  // The file may describe columns of its table that are neither.
  const { features, target, unused = [] } = encoders.fitted;
  const columns = [...[...features, ...target].map(({ name }) => name), ...unused];
  const { model, diagnostics, sources } = analyze(
    { file: main?.path ?? file.name, text: main?.text ?? "" },
    {
      catalog,
      host: {
        readFile: (path, from) => {
          const saved = savedText(used, path, from);
          return saved === undefined
            ? { reason: "the run does not hold it" }
            : { file: saved.path, text: saved.text };
        },
        columns: () => columns,
        schema: () => schemaOf(encoders),
      },
      overrides: Object.entries(file.overrides).map(([path, value]) => ({ path, value })),
    },
  );
  return model === undefined ? reject(diagnostics, sources) : accept(model, diagnostics, sources);
}
