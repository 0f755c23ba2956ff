// A model trained, exported as ONNX, and read by ONNX Runtime: its WebAssembly, which Node runs as browsers do.

import { type FormatFile, type FormatOptions, formats, type PortableModel } from "@netwright/formats";
import { checkExport } from "@netwright/formats/node";

export async function written(model: PortableModel, options = {}): Promise<readonly FormatFile[]> {
  const write = await formats.onnx.load();
  const result = await write(model, options);
  if ("refused" in result) throw new Error(JSON.stringify(result.refused));
  return result.files;
}

export async function checked(model: PortableModel, options: FormatOptions = {}) {
  const exported = { files: await written(model, options), options };
  const report = await checkExport("onnx", exported, model, importing);
  if (report.kind !== "checked") throw new Error(JSON.stringify(report));
  return report;
}

export const importing = (name: string): Promise<unknown> => {
  if (name !== "onnxruntime-web") throw new Error("not here");
  return import("onnxruntime-web");
};
