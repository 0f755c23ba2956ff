// The nodes that a name in `freeze` means: a layer, or all that stand in a part of the flow.

import type { Node } from "./model.ts";

/** By the node's own name or that of a part of the flow around it, `names` as they are written: `deep`, `dense_1`. */
export function nodesNamed(nodes: readonly Node[], names: readonly string[]): readonly Node[] {
  return nodes.filter(({ name, path }) =>
    [name, ...path].some((part) => names.some((one) => part === one || part.startsWith(`${one}.`))),
  );
}
