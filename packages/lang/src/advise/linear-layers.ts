// Weighted sums of weighted sums: two layers with nothing between them that bends, which compute what one can. Where
// the first is narrower than what is before and behind it, it is a bottleneck and means something, and so does one whose sums are
// of separate channels.

import { type Catalog, type LayerParts, quote } from "@netwright/definitions";
import type { Node } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";

export function adviseOnLinearLayers(nodes: readonly Node[], context: Context): void {
  const links = linksOf(nodes, context.catalog);
  const lost = lostSums(nodes, links);
  for (const node of nodes) {
    if (!partsOf(node, context.catalog).weighted) continue;
    for (const { from } of node.inputs) {
      const first = links.get(from)?.sums;
      if (first === undefined || !lost.has(first.name)) continue;
      const parts = partsOf(first, context.catalog);
      if (parts.separate !== true && !isWider(parts, partsOf(node, context.catalog))) {
        report(first, node, context);
      }
    }
  }
}

/** What is known of a node from those before it. */
interface Link {
  readonly weighted: boolean;
  /** Nothing in it bends: it gives sums of what it takes. */
  readonly straight: boolean;
  /** The layer whose sums it gives, unbent. */
  readonly sums: Node | undefined;
  /** Of what, in the end, it gives sums: nodes that bend, and inputs of the model. */
  readonly origins: ReadonlySet<string>;
}

function linksOf(nodes: readonly Node[], catalog: Catalog): ReadonlyMap<string, Link> {
  const links = new Map<string, Link>();
  for (const node of nodes) {
    const { weighted, joins } = partsOf(node, catalog);
    const before = node.inputs.map(({ from }) => links.get(from));
    const origins = new Set(
      node.inputs.flatMap(({ from }, i) => (before[i] === undefined ? [from] : [...before[i].origins])),
    );
    const allSums = before.every((link) => link?.sums !== undefined);
    // Of several things, only branches that all end with sums; the input of a residual goes past its body as it is.
    const sound = origins.size <= 1 || (allSums && node.closes?.kind === "parallel");
    const straight = isUnbent(node, catalog) && joins !== "product" && sound;
    const arriving = before.find((link) => link?.sums !== undefined)?.sums;
    links.set(node.name, {
      weighted,
      straight,
      sums: straight ? (weighted ? node : arriving) : undefined,
      origins: straight ? origins : new Set([node.name]),
    });
  }
  return links;
}

/** Layers whose sums reach nothing but other sums, so that these can take their part. */
function lostSums(nodes: readonly Node[], links: ReadonlyMap<string, Link>): ReadonlySet<string> {
  const users = new Map<string, number[]>();
  for (const [i, { inputs }] of nodes.entries()) {
    for (const { from } of inputs) {
      const all = users.get(from) ?? [];
      users.set(from, all);
      all.push(i);
    }
  }
  const lost = new Set<string>();
  for (const [i, { name }] of [...nodes.entries()].reverse()) {
    const all = users.get(name) ?? [];
    const isLost = (at: number): boolean => {
      const user = nodes[at];
      const link = user === undefined ? undefined : links.get(user.name);
      if (user === undefined || link === undefined) return false;
      if (link.weighted) return true;
      if (!link.straight) return false;
      return lost.has(user.name) || (user.inputs.length > 1 && givesSumsOf(nodes, links, i, at));
    };
    if (all.length > 0 && all.every(isLost)) lost.add(name);
  }
  return lost;
}

/** Whether all that goes into the node at `to` are sums of what the one at `from` gives. */
function givesSumsOf(
  nodes: readonly Node[],
  links: ReadonlyMap<string, Link>,
  from: number,
  to: number,
): boolean {
  const sums = new Set<string>();
  for (const [i, node] of nodes.slice(from, to + 1).entries()) {
    const follows = node.inputs.every((input) => sums.has(input.from));
    if (i === 0 || (follows && links.get(node.name)?.straight === true)) sums.add(node.name);
  }
  const [last] = nodes.slice(to, to + 1);
  return last !== undefined && sums.has(last.name);
}

/**
 * Sums of windows, before a layer that takes sums of each step by itself and then goes over the steps, as recurrent layers and
 * attention do: alone it would not see the window.
 */
function isWider(first: LayerParts, second: LayerParts): boolean {
  const goesOverSteps = second.sees === undefined && second.apart !== true;
  return typeof first.sees === "object" && goesOverSteps;
}

function isUnbent(node: Node, catalog: Catalog): boolean {
  const { activation, bends = false } = partsOf(node, catalog);
  if (bends) return false;
  if (activation === null) return true;
  return catalog.definitions.activation.get(activation.name)?.isLinear(activation.args) ?? false;
}

const nothing: LayerParts = { weighted: false, activation: null, trainingOnly: false };

function partsOf(node: Node, catalog: Catalog): LayerParts {
  return catalog.layer.get(node.layer)?.parts(node.args) ?? nothing;
}

function report(first: Node, second: Node, { report }: Context): void {
  const [before = 1, width = 1, behind = 1] = [first.inputs[0], first, second].map((one) =>
    one?.type.shape.at(-1),
  );
  if (width < before && width < behind) return;
  const another = first.layer === second.layer ? "another " : "";
  report.warning(
    "NW0226",
    first.span,
    `${quote(first.layer)} without an activation, before ${another}${quote(second.layer)}: together they compute what one can`,
    { notes: ["Put an activation between them, as `-> relu`, or leave one of them out."] },
  );
}
