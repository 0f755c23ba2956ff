// A training that changes nothing, as every layer with weights is frozen.

import type { Node, TrainSettings } from "../model/model.ts";
import { nodesNamed } from "../model/nodes-named.ts";
import type { Context } from "../resolve/context.ts";

export function adviseOnFrozen(
  nodes: readonly Node[],
  { freeze, spans }: TrainSettings,
  { catalog, report }: Context,
): void {
  const at = spans["freeze"];
  const weighted = nodes.filter((node) => catalog.layer.get(node.layer)?.parts(node.args).weighted === true);
  if (freeze.length === 0 || at === undefined || weighted.length === 0) return;
  // A use of shared weights freezes them for all uses.
  const frozen = new Set(nodesNamed(nodes, freeze).map(({ weights }) => weights));
  if (!weighted.every(({ weights }) => frozen.has(weights))) return;
  report.warning("NW0712", at, "`freeze` names every layer that has weights", {
    notes: ["Training would change nothing. Leave out the layers that are to learn."],
  });
}
