// Which numbers a network can give, whatever its weights: the range of its last activation, carried through what follows
// it and through what joins several values.

import {
  anyNumber,
  type Catalog,
  hullOf,
  type Interval,
  type LayerParts,
  productOf,
  type Span,
  sumOf,
} from "@netwright/definitions";
import type { Node } from "../model/model.ts";

export interface OutputRange {
  readonly range: Interval;
  /** What bounds it; undefined while nothing does. */
  readonly by: { readonly activation: string; readonly span: Span } | undefined;
}

const unbounded: OutputRange = { range: anyNumber, by: undefined };

/** Of the last node. */
export function outputRange(nodes: readonly Node[], catalog: Catalog): OutputRange {
  const ranges = new Map<string, OutputRange>();
  let last = unbounded;
  for (const node of nodes) {
    const inputs = node.inputs.map(({ from }) => ranges.get(from) ?? unbounded);
    last = afterNode(node, inputs, catalog);
    ranges.set(node.name, last);
  }
  return last;
}

const nothing: LayerParts = { weighted: false, activation: null, trainingOnly: false };

function afterNode(node: Node, inputs: readonly OutputRange[], catalog: Catalog): OutputRange {
  const parts = catalog.layer.get(node.layer)?.parts(node.args) ?? nothing;
  const { weighted, activation, free = false, joins = "side by side" } = parts;
  const input = weighted || free ? unbounded : joined(inputs, joins);
  const definition = activation === null ? undefined : catalog.definitions.activation.get(activation.name);
  if (activation === null || definition === undefined || definition.isLinear(activation.args)) return input;
  const range = definition.range(activation.args, node.type.shape.at(-1) ?? 1);
  return { range, by: { activation: activation.name, span: activation.span ?? node.span } };
}

type Joins = NonNullable<LayerParts["joins"]>;

/** A mean lies between the least and the greatest, as what stands side by side does. */
const join: { readonly [J in Joins]: (a: Interval, b: Interval) => Interval } = {
  "side by side": hullOf,
  mean: hullOf,
  sum: sumOf,
  product: productOf,
};

function joined([first = unbounded, ...others]: readonly OutputRange[], joins: Joins): OutputRange {
  return others.reduce(
    (all, one) => ({ range: join[joins](all.range, one.range), by: all.by ?? one.by }),
    first,
  );
}
