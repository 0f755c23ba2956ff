// The model of a model file from the texts that were saved with it; the columns are those of its encoders.

import type { OpenEncoders } from "@netwright/data";
import { analyze, type Model } from "@netwright/lang";
import type { ModelFile } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { memoryFiles } from "../files/files.ts";
import { schemaOf } from "../project/data-schema.ts";
import { accept, type Checked, reject } from "../project/result.ts";

export function readSources(file: ModelFile, encoders: OpenEncoders, catalog: FullCatalog): Checked<Model> {
  const [main, ...used] = file.sources;
  const files = memoryFiles(new Map(used.map(({ path, text }) => [path, text])));
  // The file may describe columns of its table that are neither.
  const { features, target, unused = [] } = encoders.fitted;
  const columns = [...[...features, ...target].map(({ name }) => name), ...unused];
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
        schema: () => schemaOf(encoders),
      },
      overrides: Object.entries(file.overrides).map(([path, value]) => ({ path, value })),
    },
  );
  return model === undefined ? reject(diagnostics, sources) : accept(model, diagnostics, sources);
}

/** A used file was saved under the path it had in messages; its end is what `use` says. */
function savedPath(path: string, from: string, used: ModelFile["sources"]): string {
  const folder = from.slice(0, from.lastIndexOf("/") + 1);
  const exact = used.find((source) => source.path === folder + path || source.path === path);
  const tail = path.slice(path.lastIndexOf("/") + 1);
  return (exact ?? used.find((source) => source.path.endsWith(tail)))?.path ?? path;
}
