// The weights as safetensors (https://github.com/huggingface/safetensors) under the names of PyTorch, layer by layer, with the
// contract of the model in the metadata.

import { type ShapedTensor, writeSafetensors } from "@netwright/runtime";
import type { Written } from "../format.ts";
import { contractOf, ownTexts } from "../model/contract.ts";
import { LAYER_NOTES, layerNotesTold, type NotedLayer } from "../model/layer-notes.ts";
import { floatsOf } from "../model/layouts.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { type LayerTensors, torchModule } from "./torch-names.ts";

export function writeTensors(model: PortableModel): Written {
  const tensors = new Map<string, ShapedTensor>();
  const layers: NotedLayer[] = [];
  for (const { name, layer, args, weights } of model.network.nodes) {
    if (weights !== name) continue;
    const own: LayerTensors = new Map(
      [...(model.network.weights.get(name) ?? [])].map(([key, tensor]) => [key, floatsOf(tensor)]),
    );
    if (own.size === 0) continue;
    const module = torchModule(layer, own, args);
    for (const [key, tensor] of module?.tensors ?? own) tensors.set(`${name}.${key}`, tensor);
    const shapes = new Map([...own].map(([key, { shape }]) => [key, shape]));
    layers.push({ name, layer, module: module?.module ?? null, shapes });
  }
  const content = Uint8Array.from(
    writeSafetensors({
      tensors,
      metadata: {
        format: "pt",
        "netwright.contract": JSON.stringify(contractOf(model)),
        [LAYER_NOTES]: layerNotesTold(layers),
        ...ownTexts(model),
      },
    }),
  );
  return { files: [{ name: `${model.name}.safetensors`, content }] };
}
