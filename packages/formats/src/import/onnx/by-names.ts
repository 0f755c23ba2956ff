// An export of ours whose operations are not read as layers: its weights by their names, as `onnx/layer-notes.ts` notes them.

import { sizeOf } from "@netwright/ir";
import { LAYER_NOTES, layerNotesIn } from "../../model/layer-notes.ts";
import { OPERATIONS, operationsOf } from "../../onnx/layer-notes.ts";
import type { ForeignFiles, ForeignLayer, ForeignModel } from "../foreign-model.ts";
import { tensorOf } from "./constant.ts";
import type { FileModel } from "./decode.ts";

/** Null for the file of another writer, and for one that is no longer what was written: the kinds of its operations are others. */
export function layersByNames(
  { producer, metadata, graph }: FileModel,
  files: ForeignFiles,
): Pick<ForeignModel, "inputs" | "layers" | "output" | "own"> | null {
  const notes = layerNotesIn(metadata.get(LAYER_NOTES));
  if (producer.name !== "netwright" || notes === null) return null;
  if (metadata.get(OPERATIONS) !== operationsOf(graph.nodes)) return null;
  const tensors = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const layers: ForeignLayer[] = [];
  for (const { name, layer, shapes } of notes) {
    const weights = new Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }>();
    for (const [key, shape] of shapes) {
      const tensor = tensors.get(`${name}.${key}`);
      const made = tensor === undefined ? null : tensorOf(tensor, files);
      if (made === null || !("data" in made) || !(made.data instanceof Float32Array)) return null;
      if (made.data.length !== sizeOf(shape)) return null;
      weights.set(key, { shape, data: made.data });
    }
    // What a `dense` divides its sums by is in an operation, and the kernel as it was.
    const args = layer === "dense" ? { parametrization: "ntk" } : {};
    layers.push({ name, layer, args, inputs: [], weights, sharedWith: null });
  }
  const own = Object.fromEntries([...metadata].filter(([key]) => key.startsWith("netwright.")));
  return { inputs: [], layers, output: layers.at(-1)?.name ?? "", own };
}
