// The layers that `freeze` of `train` names, by their own name or that of a part of the flow around them.

import { type Model, nodesNamed } from "@netwright/lang";
import type { Definitions } from "../definitions.ts";
import { nodeVariables } from "./variables.ts";

/**
 * The nodes whose variables stay as they are. A use of shared weights freezes them for all uses; what has no variables,
 * such as dropout, cannot be frozen.
 */
export function frozenOwners(
  { nodes }: Pick<Model, "nodes">,
  freeze: readonly string[],
  definitions: Pick<Definitions, "layer">,
): ReadonlySet<string> {
  const owners = new Set(nodesNamed(nodes, freeze).map(({ weights }) => weights));
  return new Set(
    nodes
      .filter((node) => owners.has(node.name) && nodeVariables(node, definitions).length > 0)
      .map(({ name }) => name),
  );
}
