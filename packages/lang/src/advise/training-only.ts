// Dropout behind the last layer: it sets results to 0 while training, and nothing behind it can make up for that.

import { type Catalog, quote } from "@netwright/definitions";
import type { LayerNode, ModelNode } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";

export function adviseOnTrainingOnly(nodes: readonly ModelNode[], { catalog, report }: Context): void {
  for (const { layer, span } of behindLastSums(nodes, catalog).found) {
    report.warning("NW0227", span, `${quote(layer)} stands behind the last layer`, {
      notes: [
        "It would disturb the results themselves while training; it belongs between layers, or can be left out.",
      ],
    });
  }
}

interface Behind {
  readonly found: readonly LayerNode[];
  /** No weighted layer has been met, so what stands before is behind the last one, too. */
  readonly open: boolean;
}

/** From the end of a flow to its last layer with weights. */
function behindLastSums(nodes: readonly ModelNode[], catalog: Catalog): Behind {
  const found: LayerNode[] = [];
  for (const node of [...nodes].reverse()) {
    if (node.kind === "layer") {
      const parts = catalog.layer.get(node.layer)?.parts(node.args);
      if (parts?.trainingOnly === true) found.push(node);
      if (parts?.weighted === true) return { found, open: false };
    } else {
      const flows = node.kind === "residual" ? [node.body] : node.branches.map((branch) => branch.nodes);
      const inner = flows.map((flow) => behindLastSums(flow, catalog));
      found.push(...inner.flatMap((flow) => flow.found));
      if (!inner.every(({ open }) => open)) return { found, open: false };
    }
  }
  // A flow without weights does not train at all, which is another matter.
  return { found, open: true };
}
