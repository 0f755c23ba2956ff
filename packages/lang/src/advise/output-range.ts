// Which numbers a flow can give, whatever its weights: the range of its last activation, carried through what follows
// it and through residuals and branches.

import {
  anyNumber,
  type Catalog,
  hullOf,
  type Interval,
  productOf,
  type Span,
  sumOf,
} from "@netwright/definitions";
import type { LayerNode, ModelNode, ParallelNode } from "../model/model.ts";

export interface OutputRange {
  readonly range: Interval;
  /** What bounds it; undefined while nothing does. */
  readonly by: { readonly activation: string; readonly span: Span } | undefined;
}

const unbounded: OutputRange = { range: anyNumber, by: undefined };

export function outputRange(nodes: readonly ModelNode[], catalog: Catalog, input = unbounded): OutputRange {
  return nodes.reduce((before, node) => afterNode(node, before, catalog), input);
}

function afterNode(node: ModelNode, before: OutputRange, catalog: Catalog): OutputRange {
  switch (node.kind) {
    case "layer":
      return afterLayer(node, before, catalog);
    case "residual": {
      const body = outputRange(node.body, catalog, before);
      const skipped = node.project === null ? before : afterLayer(node.project, before, catalog);
      return { range: sumOf(body.range, skipped.range), by: body.by ?? skipped.by };
    }
    case "parallel":
      return afterBranches(node, before, catalog);
  }
}

function afterLayer(node: LayerNode, before: OutputRange, catalog: Catalog): OutputRange {
  const { weighted = false, activation = null } = catalog.layer.get(node.layer)?.parts(node.args) ?? {};
  const input = weighted ? unbounded : before;
  const definition = activation === null ? undefined : catalog.definitions.activation.get(activation.name);
  if (activation === null || definition === undefined || definition.isLinear(activation.args)) return input;
  const range = definition.range(activation.args, node.output.at(-1) ?? 1);
  return { range, by: { activation: activation.name, span: activation.span ?? node.span } };
}

function afterBranches(
  { branches, merge }: ParallelNode,
  before: OutputRange,
  catalog: Catalog,
): OutputRange {
  const [first = unbounded, ...others] = branches.map(({ nodes }) => outputRange(nodes, catalog, before));
  const join = { concat: hullOf, add: sumOf, multiply: productOf }[merge];
  return others.reduce(
    (joined, branch) => ({ range: join(joined.range, branch.range), by: joined.by ?? branch.by }),
    first,
  );
}
