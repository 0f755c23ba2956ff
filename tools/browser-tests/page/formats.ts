// What runs in the page: trains a model and exports it, as a web page would that offers the files for download.

import { exportModel, train } from "netwright";
import type { FormatsRequest, FormatsResult } from "./protocol.ts";

async function run({ source, csv, formats }: FormatsRequest): Promise<FormatsResult> {
  const model = await train(source, { data: csv, backend: "jit" });
  const files = [];
  for (const format of formats) files.push(...(await exportModel(model.bundle, format)));
  await model.dispose();
  return files.map(({ name, content }) => ({ name, bytes: [...content] }));
}

declare global {
  var exportFormats: typeof run;
}
globalThis.exportFormats = run;
