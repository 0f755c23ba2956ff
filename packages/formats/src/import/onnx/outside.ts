// The files beside an ONNX file that have the numbers of its tensors, as PyTorch writes them unless it is told otherwise.

import { isPlainFile } from "../plain-file.ts";
import { decodeModel, type FileModel, isDamage } from "./decode.ts";

/** Each once. What is no ONNX file names none, which its reader says. */
export function outsideFiles(bytes: Uint8Array): readonly string[] {
  let model: FileModel;
  try {
    model = decodeModel(bytes);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return [];
  }
  const { nodes, initializers } = model.graph;
  const attributes = nodes.flatMap((node) => [...node.attributes.values()].map(({ tensor }) => tensor));
  const places = [...initializers, ...attributes].map((tensor) => tensor?.external?.get("location") ?? "");
  return [...new Set(places.filter(isPlainFile))];
}
