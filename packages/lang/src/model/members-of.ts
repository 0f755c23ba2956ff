// How many members of an ensemble inside the network a value has: `members` begins them, and they are the first size of
// what the layers behind it give, until one makes another size of it.

import type { Catalog } from "@netwright/definitions";
import type { Node } from "./model.ts";

/** Null for a value that has none. `from` is a node or an input of the model. */
export function membersOf(
  nodes: readonly Node[],
  from: string,
  { layer: layers }: Pick<Catalog, "layer">,
): number | null {
  const members = new Map<string, number>();
  for (const { name, layer, args, inputs, type } of nodes) {
    const own = layers.get(layer)?.parts(args).members;
    const given = inputs.map((input) => members.get(input.from));
    const [first] = type.shape;
    const count = own ?? given.find((taken) => taken !== undefined && taken === first);
    if (count !== undefined && type.shape.length > 1) members.set(name, count);
  }
  return members.get(from) ?? null;
}
