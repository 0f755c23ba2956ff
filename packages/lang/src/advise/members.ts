// An ensemble inside the network that costs as much as several and is one: its members never differ.

import { type Catalog, quote } from "@netwright/definitions";
import { allMembers, type Members } from "../model/members-of.ts";
import type { Node } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";

export function adviseOnMembers(nodes: readonly Node[], { catalog, report }: Context): void {
  const members = allMembers(nodes, catalog);
  const differing = new Set(
    nodes.flatMap(({ layer, args, inputs }) => {
      if (catalog.layer.get(layer)?.parts(args).perMember !== true) return [];
      return inputs.flatMap(({ from }) => members.get(from)?.begin.name ?? []);
    }),
  );
  for (const node of nodes) {
    const { name, layer, span } = node;
    const count = begunBy(node, catalog);
    if (count === undefined || (count > 1 && differing.has(name))) continue;
    if (count === 1) {
      report.warning("NW0236", span, `${quote(layer)} begins an ensemble of one member`, {
        notes: [
          `One member predicts what the network would without it. Write \`${layer}(8)\` or more, or take it out.`,
        ],
      });
    } else {
      report.warning("NW0236", span, `the ${count} members of ${quote(layer)} never differ`, {
        notes: [
          `No layer has weights for each of them before they end, so that all compute the same, at ${count} times the cost. Write \`${layer}(${count}) -> member_scale(scale_initializer: random_sign)\`, let a \`member_dense\` follow, or take \`${layer}\` out.`,
        ],
      });
    }
  }
}

function begunBy(
  { layer, args }: Node,
  { layer: layers }: Pick<Catalog, "layer">,
): Members["count"] | undefined {
  return layers.get(layer)?.parts(args).members;
}
