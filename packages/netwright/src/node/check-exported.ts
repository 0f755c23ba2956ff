// What was exported, run in the real reader of its format beside Netwright's own answers, where that reader is installed.

import type { CheckReport, FormatFile } from "@netwright/formats";
import type { RunBundle } from "@netwright/runtime";
import type { CatalogOption } from "../catalog/catalog.ts";
import type { FormatName } from "../export/formats.ts";
import { accept, type Checked } from "../project/result.ts";
import { importBeside } from "./import-installed.ts";

/** Nobody has named the reader, so it is taken from beside Netwright alone. Problems: those of a saved model. */
export async function checkExported(
  bundle: RunBundle,
  format: FormatName,
  files: readonly FormatFile[],
  options: CatalogOption = {},
): Promise<Checked<CheckReport>> {
  const [{ formats }, { checkExport }, { portableModel }] = await Promise.all([
    import("@netwright/formats"),
    import("@netwright/formats/node"),
    import("../export/portable/portable-model.ts"),
  ]);
  if (!isPortable(format, formats)) return accept({ kind: "judged elsewhere", judge: null });
  const model = await portableModel(bundle, options);
  if (!model.ok) return model;
  return accept(await checkExport(format, files, model.value, importBeside));
}

function isPortable<N extends string>(name: string, formats: Readonly<Record<N, unknown>>): name is N {
  return Object.hasOwn(formats, name);
}
