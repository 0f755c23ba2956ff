// The order in which Keras keeps the layers of a graph, by which it finds their weights: those farthest from the output first, and of
// those as far, the one that is met first on the way back from the output.

import { at } from "@netwright/definitions";
import type { KerasLayer } from "./graph.ts";

export function inOrder(layers: readonly KerasLayer[], output: string): readonly KerasLayer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const met = new Map<string, number>();
  /** Each behind all that it takes. */
  const finished: KerasLayer[] = [];
  const visit = (name: string): void => {
    const layer = byName.get(name);
    if (layer === undefined || met.has(name)) return;
    met.set(name, met.size);
    for (const input of layer.inputs) visit(input);
    finished.push(layer);
  };
  visit(output);
  const depths = new Map<string, number>();
  for (let i = finished.length - 1; i >= 0; i--) {
    const layer = at(finished, i);
    const depth = depths.get(layer.name) ?? 0;
    depths.set(layer.name, depth);
    for (const input of layer.inputs) depths.set(input, Math.max(depths.get(input) ?? 0, depth + 1));
  }
  const depthOf = ({ name }: KerasLayer) => depths.get(name) ?? 0;
  const metAs = ({ name }: KerasLayer) => met.get(name) ?? 0;
  return [...finished].sort((a, b) => depthOf(b) - depthOf(a) || metAs(a) - metAs(b));
}
