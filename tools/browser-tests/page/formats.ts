// What runs in the page: trains a model, exports and imports it, as a web page would that offers the files for download.

import { exportModel, importModel, train } from "netwright";
import { type FormatsRequest, type FormatsResult, IMPORTED } from "./protocol.ts";

async function run({ source, csv, formats }: FormatsRequest): Promise<FormatsResult> {
  const model = await train(source, { data: csv, backend: "jit" });
  const files = [];
  const imported = [];
  for (const format of formats) {
    const written = await exportModel(model.bundle, format);
    files.push(...written);
    if (!IMPORTED.some((one) => one === format)) continue;
    const own = new Map(written.map(({ name, content }) => [name, content]));
    own.delete("preprocess.mjs");
    const { own: isOwn, bundle } = await importModel(own);
    imported.push({ own: isOwn, weights: bundle.record.hash.weights });
  }
  await model.dispose();
  return { files: files.map(({ name, content }) => ({ name, bytes: [...content] })), imported };
}

declare global {
  var exportFormats: typeof run;
}
globalThis.exportFormats = run;
