// How many members of an ensemble inside the network a value has: `members` begins them, and they are the first size of
// what the layers behind it give, until one makes another size of it, or takes numbers of several members together.

import type { Catalog } from "@netwright/definitions";
import type { Node } from "./model.ts";

export interface Members {
  readonly count: number;
  /** The node where they begin. */
  readonly begin: Node;
}

/** Null for a value that has none. `from` is a node or an input of the model. Of many, ask `allMembers`. */
export function membersOf(
  nodes: readonly Node[],
  from: string,
  known: Pick<Catalog, "layer">,
): Members | null {
  return allMembers(nodes, known).get(from) ?? null;
}

/** By the names of the nodes whose values have some. */
export function allMembers(
  nodes: readonly Node[],
  { layer: layers }: Pick<Catalog, "layer">,
): ReadonlyMap<string, Members> {
  const members = new Map<string, Members>();
  for (const node of nodes) {
    const { name, layer, args, inputs, type } = node;
    const { members: own, apart } = layers.get(layer)?.parts(args) ?? {};
    const given = inputs.map((input) => members.get(input.from));
    const [first] = type.shape;
    const isKept = apart === true && given.every((before) => before?.count === first);
    const found = own === undefined ? (isKept ? given[0] : undefined) : { count: own, begin: node };
    if (found !== undefined && type.shape.length > 1) members.set(name, found);
  }
  return members;
}
