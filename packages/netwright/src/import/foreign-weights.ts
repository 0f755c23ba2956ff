// The weights of a foreign model under the names that the resolved file has for them.

import { averageId, modelVariables, savedVariables } from "@netwright/compiler";
import { quote, sameShape } from "@netwright/definitions";
import {
  type FloatTensor,
  type ForeignLayer,
  type ForeignModel,
  type NotUnderstood,
  scalingTensor,
} from "@netwright/formats";
import type { Model } from "@netwright/lang";
import type { ShapedTensor, Tensors } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { type FlowNode, layerNameOf } from "./layer-text.ts";

export type Taken = { readonly weights: Tensors } | { readonly refused: readonly NotUnderstood[] };

/** `nodes` say what each node of the model was in the file. */
export function foreignWeights(
  model: Model,
  nodes: readonly (FlowNode | null)[],
  layers: readonly ForeignLayer[],
  known: FullCatalog,
): Taken {
  checkNodes(model, nodes);
  const byNode = new Map(model.nodes.map(({ name }, i) => [name, nodes[i] ?? null]));
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const refused: NotUnderstood[] = [];
  const weights = new Map<string, ShapedTensor>();
  for (const { id, name, node, shape } of modelVariables(model, known.compiler)) {
    const layer = byNode.get(node.name)?.layer;
    const tensor = layer === undefined ? null : tensorOf(layer, name, shape, byName);
    if (tensor === null || !sameShape(tensor.shape, shape)) {
      refused.push({
        what: `Layer ${quote(layer?.name ?? node.name)}`,
        why: `has ${quote(name)} of [${tensor?.shape.join(", ") ?? ""}], and the layer \`${node.layer}\` that it became has [${shape.join(", ")}]`,
      });
      continue;
    }
    weights.set(id, tensor);
  }
  return refused.length > 0 ? { refused } : { weights };
}

function tensorOf(
  layer: ForeignLayer,
  name: string,
  shape: readonly number[],
  byName: ReadonlyMap<string, ForeignLayer>,
): FloatTensor | null {
  if (layer.layer === "rescaling") return scalingTensor(layer, name, shape);
  const own = layer.sharedWith === null ? layer : byName.get(layer.sharedWith);
  return own?.weights.get(name) ?? null;
}

/** What was printed and read again is what was to be printed. */
function checkNodes({ nodes: found }: Model, nodes: readonly (FlowNode | null)[]): void {
  if (found.length !== nodes.length)
    throw new Error(`the printed flow has ${found.length} nodes, and ${nodes.length} were printed`);
  for (const [i, node] of nodes.entries()) {
    if (node === null) continue;
    const layer = found[i]?.layer;
    if (layer !== layerNameOf(node.layer))
      throw new Error(`the printed flow has ${layer} where ${node.layer.name} was printed`);
  }
}

/** Of our own export: by the names of the nodes, which its layers have. Null where a weight is not there. */
export function ownWeights(
  model: Model,
  { layers }: Pick<ForeignModel, "layers">,
  known: FullCatalog,
): Tensors | null {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const tensors = new Map<string, ShapedTensor>();
  for (const { id, name, node, shape } of modelVariables(model, known.compiler)) {
    const layer = byName.get(node.name);
    const tensor = layer?.weights.get(name);
    if (tensor === undefined || !sameShape(tensor.shape, shape)) return null;
    const isDivided =
      node.args["parametrization"] === "ntk" && name === "kernel" && layer?.args["parametrization"] !== "ntk";
    tensors.set(id, isDivided ? unscaled(tensor) : tensor);
  }
  // What is not of a layer is an average of its weights, which is what was written; anything else is not in such a file.
  const weights = new Map<string, ShapedTensor>();
  for (const { name } of savedVariables(model, known.compiler)) {
    const own = tensors.get(name) ?? [...tensors].find(([id]) => averageId(id) === name)?.[1];
    if (own === undefined) return null;
    weights.set(name, own);
  }
  return weights;
}

/** Formats without `ntk` have kernels that are divided already. */
function unscaled({ shape, data }: FloatTensor): FloatTensor {
  const factor = Math.sqrt(shape[0] ?? 1);
  return { shape, data: data.map((value) => value * factor) };
}
