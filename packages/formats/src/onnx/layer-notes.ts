// Layers whose operations no import reads again, told beside them by their names: then the file comes back by its weights, and the
// texts of its run say the rest.

import { LAYER_NOTES, layerNotesTold } from "../model/layer-notes.ts";
import type { PortableNetwork } from "../model/network.ts";
import type { OnnxGraph } from "./messages.ts";

/** The operations in their order: with others the file is another one. */
export const OPERATIONS = "netwright.operations";

const UNREAD: ReadonlySet<string> = new Set([
  "members",
  "member_scale",
  "member_dense",
  "periodic_embedding",
  "piecewise_linear_embedding",
]);

/** Empty where the operations say all of it, and where a weight lies in another order than Netwright has it. */
export function layerNotes(
  { nodes, weights }: PortableNetwork,
  graph: OnnxGraph,
): Readonly<Record<string, string>> {
  if (nodes.every(({ layer }) => !UNREAD.has(layer))) return {};
  const written = new Map(graph.initializers.map(({ name, data }) => [name, data.values]));
  const owners = nodes.filter(({ name }) => weights.has(name));
  const ofLayer = (name: string) => [...(weights.get(name) ?? [])];
  const isWhole = owners.every(({ name }) =>
    ofLayer(name).every(([key, { data }]) => written.get(`${name}.${key}`) === data),
  );
  if (!isWhole) return {};
  const notes = owners.map(({ name, layer }) => {
    const shapes = new Map(ofLayer(name).map(([key, { shape }]) => [key, shape]));
    return { name, layer, module: null, shapes };
  });
  return {
    [LAYER_NOTES]: layerNotesTold(notes),
    [OPERATIONS]: operationsOf(graph.nodes),
  };
}

export function operationsOf(nodes: readonly { readonly op: string }[]): string {
  return nodes.map(({ op }) => op).join(" ");
}
