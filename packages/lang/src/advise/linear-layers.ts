// Weighted sums of weighted sums: two layers with nothing between them that bends, which compute what one can. Where
// the first is narrower than what is before and behind it, it is a bottleneck and means something.

import { type Catalog, type LayerParts, quote } from "@netwright/definitions";
import type { LayerNode, ModelNode, ParallelNode, ResidualNode } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";

/** The layer whose sums arrive unbent. */
type Unbent = LayerNode | undefined;

export function adviseOnLinearLayers(nodes: readonly ModelNode[], context: Context): void {
  follow(nodes, undefined, context);
}

function follow(nodes: readonly ModelNode[], arriving: Unbent, context: Context): Unbent {
  return nodes.reduce((unbent: Unbent, node) => followNode(node, unbent, context), arriving);
}

function followNode(node: ModelNode, unbent: Unbent, context: Context): Unbent {
  switch (node.kind) {
    case "layer":
      return followLayer(node, unbent, context);
    case "residual":
      return followResidual(node, unbent, context);
    case "parallel":
      return followBranches(node, unbent, context);
  }
}

function followLayer(node: LayerNode, unbent: Unbent, context: Context): Unbent {
  const { catalog } = context;
  const { weighted } = partsOf(node, catalog);
  if (weighted && unbent !== undefined) report(unbent, node, context);
  if (!isStraight(node, catalog)) return undefined;
  return weighted ? node : unbent;
}

/** The input goes past the body as well, so the sums before it are lost in the body only where that is straight, too. */
function followResidual({ body, project }: ResidualNode, unbent: Unbent, context: Context): Unbent {
  const straight = allStraight(project === null ? body : [...body, project], context.catalog);
  const last = follow(body, straight ? unbent : undefined, context);
  return straight ? last : undefined;
}

/** Sums before branches are lost where all of these begin with sums, and those of all branches are behind the join. */
function followBranches({ branches, merge }: ParallelNode, unbent: Unbent, context: Context): Unbent {
  const lost = branches.every(({ nodes }) => beginsWithSums(nodes, context.catalog));
  const ends = branches.map(({ nodes }) => follow(nodes, lost ? unbent : undefined, context));
  const [first] = ends;
  return merge !== "multiply" && ends.every((end) => end !== undefined) ? first : undefined;
}

function beginsWithSums(nodes: readonly ModelNode[], catalog: Catalog): boolean {
  const first = nodes.find((node) => !isStraight(node, catalog) || isWeighted(node, catalog));
  return first !== undefined && isWeighted(first, catalog);
}

function isWeighted(node: ModelNode, catalog: Catalog): boolean {
  return node.kind === "layer" && partsOf(node, catalog).weighted;
}

function allStraight(nodes: readonly ModelNode[], catalog: Catalog): boolean {
  return nodes.every((node) => isStraight(node, catalog));
}

/** Nothing in it bends. */
function isStraight(node: ModelNode, catalog: Catalog): boolean {
  switch (node.kind) {
    case "layer": {
      const { activation } = partsOf(node, catalog);
      if (activation === null) return true;
      return catalog.definitions.activation.get(activation.name)?.isLinear(activation.args) ?? false;
    }
    case "residual":
      return allStraight(node.project === null ? node.body : [...node.body, node.project], catalog);
    case "parallel":
      return node.merge !== "multiply" && node.branches.every(({ nodes }) => allStraight(nodes, catalog));
  }
}

const nothing: LayerParts = { weighted: false, activation: null, trainingOnly: false };

function partsOf(node: LayerNode, catalog: Catalog): LayerParts {
  return catalog.layer.get(node.layer)?.parts(node.args) ?? nothing;
}

function report(first: LayerNode, second: LayerNode, { report }: Context): void {
  const [before = 1, width = 1, behind = 1] = [first.input, first.output, second.output].map((s) => s.at(-1));
  if (width < before && width < behind) return;
  report.warning(
    "NW0226",
    first.span,
    `${quote(first.layer)} without an activation, before another ${quote(second.layer)}: together they compute what one can`,
    { notes: ["Put an activation between them, as `-> relu`, or leave one of them out."] },
  );
}
