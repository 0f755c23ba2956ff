// What was exported, run in the real reader of its format beside Netwright's own answers, where that reader is installed.

import { type CheckReport, type FormatFile, formats } from "@netwright/formats";
import type { RunBundle } from "@netwright/runtime";
import { importBeside } from "../backends/import-beside.ts";
import type { CatalogOption } from "../catalog/catalog.ts";
import type { FormatName, FormatOptions } from "../export/formats.ts";
import { portableModel } from "../export/portable/portable-model.ts";
import { accept, type Checked } from "../project/result.ts";

/** The options are those that they were written with. Nobody has named the reader, so it is taken from beside Netwright alone. Problems: those of a saved model. */
export async function checkExported(
  bundle: RunBundle,
  format: FormatName,
  files: readonly FormatFile[],
  { catalog, ...options }: FormatOptions & CatalogOption = {},
): Promise<Checked<CheckReport>> {
  if (!isPortable(format)) return accept({ kind: "judged elsewhere", judge: null });
  const { checkExport } = await import("@netwright/formats/node");
  const model = await portableModel(bundle, catalog === undefined ? {} : { catalog });
  if (!model.ok) return model;
  return accept(await checkExport(format, { files, options }, model.value, importBeside));
}

function isPortable(name: FormatName): name is keyof typeof formats {
  return Object.hasOwn(formats, name);
}
