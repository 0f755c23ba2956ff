// Dropout behind the last layer: it sets results to 0 while training, and nothing behind it can make up for that.

import { quote } from "@netwright/definitions";
import type { Node } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";

export function adviseOnTrainingOnly(nodes: readonly Node[], { catalog, report }: Context): void {
  // Nodes with a layer with weights somewhere behind them.
  const followed = new Set<string>();
  for (const node of [...nodes].reverse()) {
    const parts = catalog.layer.get(node.layer)?.parts(node.args);
    if (parts?.trainingOnly === true && !followed.has(node.name)) {
      report.warning("NW0227", node.span, `${quote(node.layer)} stands behind the last layer`, {
        notes: [
          "It would disturb the results themselves while training; it belongs between layers, or can be left out.",
        ],
      });
    }
    if (parts?.weighted === true || followed.has(node.name)) {
      for (const { from } of node.inputs) followed.add(from);
    }
  }
}
